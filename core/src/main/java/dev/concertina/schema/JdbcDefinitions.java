package dev.concertina.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that make an object again. The session must have no search path, as
 * names are qualified that it would not find.
 *
 * @param client the client of the session
 */
record JdbcDefinitions(JdbcClient client) {

	private static final String VIEW = """
			SELECT c.relkind = 'm' AS materialized, rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS query,
			       coalesce(array_to_string(c.reloptions, ', '), '') AS options
			  FROM pg_catalog.pg_class c
			 WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind IN ('v', 'm')""";

	private static final String OF_VIEW = """
			SELECT 1 AS place, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', :view, a.attname,
			                          pg_catalog.pg_get_expr(d.adbin, d.adrelid)) AS statement
			  FROM pg_catalog.pg_attrdef d
			  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
			 WHERE d.adrelid = pg_catalog.to_regclass(:view)
			 UNION ALL
			SELECT 2, pg_catalog.pg_get_triggerdef(g.oid)
			  FROM pg_catalog.pg_trigger g
			 WHERE g.tgrelid = pg_catalog.to_regclass(:view) AND NOT g.tgisinternal
			 UNION ALL
			SELECT 3, rtrim(pg_catalog.pg_get_ruledef(r.oid), ';')
			  FROM pg_catalog.pg_rewrite r
			 WHERE r.ev_class = pg_catalog.to_regclass(:view) AND r.rulename <> '_RETURN'
			 UNION ALL
			SELECT 4, format('COMMENT ON VIEW %s IS %L', :view, d.description)
			  FROM pg_catalog.pg_description d
			 WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = pg_catalog.to_regclass(:view)
			   AND d.objsubid = 0
			 UNION ALL
			SELECT 5, format('COMMENT ON COLUMN %s.%I IS %L', :view, a.attname, d.description)
			  FROM pg_catalog.pg_description d
			  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
			 WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = pg_catalog.to_regclass(:view)
			   AND d.objsubid > 0
			 ORDER BY place, statement""";

	private static final String TRIGGER = """
			SELECT said.statement
			  FROM pg_catalog.pg_trigger g
			 CROSS JOIN LATERAL
			       (VALUES (1, pg_catalog.pg_get_triggerdef(g.oid)),
			               (2, CASE WHEN g.tgenabled <> 'O'
			                        THEN format('ALTER TABLE %s %s TRIGGER %I', :table,
			                                    CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
			                                                     ELSE 'ENABLE ALWAYS' END, g.tgname) END),
			               (3, 'COMMENT ON TRIGGER ' || quote_ident(g.tgname) || ' ON ' || :table || ' IS '
			                       || quote_literal(pg_catalog.obj_description(g.oid, 'pg_trigger')))) AS said (place, statement)
			 WHERE g.tgrelid = pg_catalog.to_regclass(:table) AND g.tgname = :trigger AND NOT g.tgisinternal
			   AND g.tgparentid = 0 AND said.statement IS NOT NULL
			 ORDER BY said.place""";

	private static final String SIGNATURE = """
			SELECT format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes))
			  FROM pg_catalog.pg_proc p
			  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
			 WHERE p.oid = ? AND p.prokind IN ('f', 'p', 'w')""";

	private static final String ROUTINE = """
			SELECT 1 AS place, pg_catalog.pg_get_functiondef(p.oid) AS statement
			  FROM pg_catalog.pg_proc p
			 WHERE p.oid = :oid
			 UNION ALL
			SELECT 2, 'COMMENT ON ROUTINE ' || :signature || ' IS ' || quote_literal(d.description)
			  FROM pg_catalog.pg_description d
			 WHERE d.classoid = 'pg_catalog.pg_proc'::regclass AND d.objoid = :oid
			 UNION ALL
			SELECT 3, format('REVOKE ALL ON ROUTINE %%s FROM PUBLIC', :signature)
			  FROM pg_catalog.pg_proc p
			 WHERE p.oid = :oid AND p.proacl IS NOT NULL
			 UNION ALL
			SELECT 4, format('GRANT %%s ON ROUTINE %%s TO %%s%%s', acl.privilege_type, :signature, %s)
			  FROM pg_catalog.pg_proc p
			 CROSS JOIN LATERAL aclexplode(p.proacl) AS acl
			 WHERE p.oid = :oid AND acl.grantee <> p.proowner
			 UNION ALL
			SELECT 5, format('ALTER ROUTINE %%s OWNER TO %%I', :signature, pg_catalog.pg_get_userbyid(p.proowner))
			  FROM pg_catalog.pg_proc p
			 WHERE p.oid = :oid AND pg_catalog.pg_get_userbyid(p.proowner) <> current_user
			 ORDER BY place, statement""".formatted(JdbcRights.GRANTEE);

	/** An extension needs the functions that came with it. */
	private static final String NEEDS_ROUTINE = """
			SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
			  FROM pg_catalog.pg_depend d
			 WHERE d.refclassid = 'pg_catalog.pg_proc'::regclass AND d.refobjid = :oid AND d.deptype = 'n'
			 UNION
			SELECT pg_catalog.pg_describe_object(d.refclassid, d.refobjid, 0)
			  FROM pg_catalog.pg_depend d
			 WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = :oid AND d.deptype = 'e'
			 ORDER BY 1""";

	Optional<View> view(TableName name) {
		return this.client.sql(VIEW)
			.param(name.quoted())
			.query((row, number) -> new View(name, row.getBoolean("materialized"), row.getString("options"),
					row.getString("query"), List.of()))
			.optional()
			.map(this::withStatements);
	}

	private View withStatements(View view) {
		List<String> create = new ArrayList<>(List.of(view.replaceBy(view.query())));
		create.addAll(statements(this.client.sql(OF_VIEW).param("view", view.name().quoted())));
		create.addAll(new JdbcRights(this.client).of(view.name(), view.name()));
		return new View(view.name(), view.materialized(), view.options(), view.query(), create);
	}

	List<String> trigger(TableName table, Identifier trigger) {
		return this.client.sql(TRIGGER)
			.param("table", table.quoted())
			.param("trigger", trigger.value())
			.query((row, number) -> row.getString(1))
			.list();
	}

	Optional<Routine> routine(long oid) {
		return this.client.sql(SIGNATURE)
			.param(oid)
			.query(String.class)
			.optional()
			.map((signature) -> new Routine(signature,
					this.client.sql(NEEDS_ROUTINE).param("oid", oid).query((row, number) -> row.getString(1)).list(),
					statements(this.client.sql(ROUTINE).param("oid", oid).param("signature", signature))));
	}

	private static List<String> statements(JdbcClient.StatementSpec query) {
		return query.query((row, number) -> row.getString("statement")).list();
	}

}
