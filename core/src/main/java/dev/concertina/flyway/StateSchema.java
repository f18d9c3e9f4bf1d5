package dev.concertina.flyway;

import java.util.Map;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schema {@code concertina}, installed and upgraded by a Flyway history of its own.
 */
final class StateSchema {

	static final String NAME = "concertina";

	/**
	 * A database that holds a table may hold rows, and instances that know its structure.
	 */
	private static final String IS_EMPTY = """
			SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class c
			                     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			                    WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_'
			                      AND n.nspname NOT IN ('information_schema', 'concertina'))""";

	private final DataSource dataSource;

	StateSchema(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Install or upgrade.
	 */
	void install() {
		boolean fresh = JdbcClient.create(this.dataSource).sql(IS_EMPTY).query(Boolean.class).single();
		Flyway.configure()
			.dataSource(this.dataSource)
			.schemas(NAME)
			.table("schema_history")
			.locations("classpath:dev/concertina/state")
			.placeholders(Map.of("fresh", String.valueOf(fresh)))
			.load()
			.migrate();
	}

	/**
	 * Return whether this database was empty when the schema was installed, and its first
	 * start has not come to its end: nobody can need an old structure.
	 */
	boolean isFresh() {
		return JdbcClient.create(this.dataSource)
			.sql("SELECT fresh FROM concertina.installation")
			.query(Boolean.class)
			.single();
	}

	void endFirstStart() {
		JdbcClient.create(this.dataSource).sql("UPDATE concertina.installation SET fresh = false WHERE fresh").update();
	}

}
