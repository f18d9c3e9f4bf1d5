package dev.concertina.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Empty, temporary tables that are called as others are and have their columns, on which
 * statements are tried out: what PostgreSQL says of them it would say of the others. They
 * are never committed, and nobody waits for them.
 */
final class Trial {

	private static final String PARTITION_KEY = """
			SELECT pg_catalog.pg_get_partkeydef(pg_catalog.to_regclass(?))""";

	private final JdbcTemplate jdbc;

	Trial(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Make the tables and return their quoted names.
	 */
	List<String> create(List<Table> tables) {
		List<String> names = new ArrayList<>();
		for (Table table : tables) {
			String name = "pg_temp." + Identifier.quoted(table.name().name());
			if (names.contains(name)) {
				name = "pg_temp." + Identifier.derived(table.name().name(), String.valueOf(names.size())).quoted();
			}
			create(table, name);
			names.add(name);
		}
		return names;
	}

	private void create(Table table, String name) {
		Optional<Table> stored = new JdbcCatalog(this.jdbc).table(table.name());
		if (stored.isEmpty()) {
			this.jdbc.execute("CREATE TEMP TABLE %s ()".formatted(name));
			table.columns().forEach((column) -> add(name, column));
			return;
		}
		this.jdbc.execute("CREATE TEMP TABLE %s (LIKE %s INCLUDING GENERATED)%s".formatted(name, table.name().quoted(),
				partitioned(table)));
		stored.get()
			.columns()
			.stream()
			.filter((column) -> !isIn(table, column))
			.forEach((column) -> this.jdbc
				.execute("ALTER TABLE %s DROP COLUMN %s CASCADE".formatted(name, column.name().quoted())));
		table.columns().stream().filter((column) -> !isIn(stored.get(), column)).forEach((column) -> add(name, column));
	}

	private String partitioned(Table table) {
		@Nullable String key = JdbcClient.create(this.jdbc)
			.sql(PARTITION_KEY)
			.param(table.name().quoted())
			.query((row, number) -> Optional.ofNullable(row.getString(1)))
			.single()
			.orElse(null);
		return (key != null) ? " PARTITION BY " + key : "";
	}

	private static boolean isIn(Table table, Column column) {
		return table.find(column.name()).filter((other) -> other.type().equals(column.type())).isPresent();
	}

	private void add(String name, Column column) {
		this.jdbc.execute("ALTER TABLE %s ADD COLUMN %s %s".formatted(name, column.name().quoted(), column.type()));
	}

}
