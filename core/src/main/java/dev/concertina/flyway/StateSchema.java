package dev.concertina.flyway;

import java.util.Map;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.jdbc.Database;

/**
 * The schema {@code concertina}, installed and upgraded by a Flyway history of its own.
 */
final class StateSchema {

	static final String NAME = "concertina";

	private final Database database;

	StateSchema(DataSource dataSource) {
		this.database = new Database(dataSource);
	}

	/**
	 * Install or upgrade.
	 * @param fresh whether nothing was ever migrated in this database
	 */
	void install(boolean fresh) {
		Flyway.configure()
			.dataSource(this.database.dataSource())
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
		return JdbcClient.create(this.database.jdbc())
			.sql("SELECT fresh FROM concertina.installation")
			.query(Boolean.class)
			.single();
	}

	void endFirstStart() {
		JdbcClient.create(this.database.jdbc()).sql("UPDATE concertina.installation SET fresh = false WHERE fresh").update();
	}

}
