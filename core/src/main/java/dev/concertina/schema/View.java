package dev.concertina.schema;

import java.util.List;

/**
 * A view as the catalog has it.
 *
 * @param name the qualified name
 * @param materialized whether its rows are stored
 * @param options its options as they are written in {@code WITH (…)}, empty if it has
 * none
 * @param query its query, with qualified names
 * @param create the statements that make it again, with its triggers, rules, comments,
 * privileges and owner; without its rows and indexes
 */
public record View(TableName name, boolean materialized, String options, String query, List<String> create) {

	public View {
		create = List.copyOf(create);
	}

	/**
	 * Return what it is called in SQL.
	 * @return {@code VIEW} or {@code MATERIALIZED VIEW}
	 */
	public String kind() {
		return this.materialized ? "MATERIALIZED VIEW" : "VIEW";
	}

	/**
	 * Return the statement that gives a view of its name and its options a query.
	 * @param other the query
	 * @return the statement
	 */
	public String replaceBy(String other) {
		return "CREATE OR REPLACE VIEW %s%s AS %s".formatted(this.name.quoted(),
				this.options.isEmpty() ? "" : " WITH (%s)".formatted(this.options), other);
	}

}
