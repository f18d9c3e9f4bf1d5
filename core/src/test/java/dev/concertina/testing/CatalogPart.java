package dev.concertina.testing;

/**
 * A kind of object in a dump, with the query for the schema and the definition of each.
 */
enum CatalogPart {

	SCHEMA(ObjectQueries.SCHEMAS),

	TABLE(RelationQueries.TABLES),

	COLUMN(RelationQueries.COLUMNS),

	CONSTRAINT(RelationQueries.CONSTRAINTS),

	INDEX(RelationQueries.INDEXES),

	TRIGGER(RelationQueries.TRIGGERS),

	VIEW(RelationQueries.VIEWS),

	SEQUENCE(RelationQueries.SEQUENCES),

	STATISTICS(RelationQueries.STATISTICS),

	RULE(ObjectQueries.RULES),

	POLICY(ObjectQueries.POLICIES),

	FUNCTION(ObjectQueries.FUNCTIONS),

	TYPE(ObjectQueries.TYPES),

	COMMENT(ObjectQueries.COMMENTS),

	GRANT(ObjectQueries.GRANTS);

	private final String query;

	CatalogPart(String query) {
		this.query = """
				SELECT schema, definition
				  FROM (%s) AS part (schema, definition)
				 WHERE schema NOT LIKE 'pg\\_%%' AND schema <> 'information_schema'""".formatted(query);
	}

	String query() {
		return this.query;
	}

}
