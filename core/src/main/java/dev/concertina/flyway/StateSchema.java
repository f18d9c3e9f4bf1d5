package dev.concertina.flyway;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.change.ChangeId;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.StateStore;

/**
 * The schema of the state, installed and upgraded by a Flyway history of its own.
 */
final class StateSchema {

	/** What an extension brings along does not count. */
	private static final String HAS_NO_TABLE = """
			SELECT NOT EXISTS (SELECT
			                     FROM pg_catalog.pg_class c
			                     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			                    WHERE c.relkind IN ('r', 'p') AND c.relname <> ?
			                      AND n.nspname = ANY (?::text[])
			                      AND NOT EXISTS (SELECT
			                                        FROM pg_catalog.pg_depend d
			                                       WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
			                                         AND d.deptype = 'e'))""";

	/** Returns the role, if it lacks a right. */
	private static final String LACKS = """
			SELECT quote_ident(current_user)
			 WHERE NOT CASE WHEN to_regnamespace(?) IS NULL THEN has_database_privilege(current_database(), 'CREATE')
			                ELSE has_schema_privilege(?, 'CREATE') END""";

	private final Database database;

	private final StateSchemaName name;

	StateSchema(DataSource dataSource, StateSchemaName name) {
		this.database = new Database(dataSource, name);
		this.name = name;
	}

	StateJdbc jdbc() {
		return this.database.jdbc();
	}

	/**
	 * Install or upgrade.
	 * @param application the configuration of the application's Flyway
	 * @param migrated whether that has migrated before
	 */
	void install(Configuration application, boolean migrated) {
		requireOwnSchema(application);
		boolean fresh = !migrated && hasNoTable(application);
		requireRights();
		OneConnection
			.of(Flyway.configure()
				.dataSource(this.database.dataSource())
				.schemas(this.name.value())
				.table("schema_history")
				.locations(new String[0])
				.resourceProvider(new StateScripts())
				.javaMigrationClassProvider(List::of)
				.placeholders(Map.of("fresh", String.valueOf(fresh))))
			.load()
			.migrate();
		requireUsage();
	}

	/**
	 * In a schema with other tables Flyway installs nothing.
	 */
	private void requireOwnSchema(Configuration application) {
		if (schemas(application).contains(this.name.value())) {
			throw new ConcertinaException(
					"Schema %s is the application's, and can't hold the state too".formatted(this.name),
					"Set concertina.schema to a schema of its own, which is made if it is not there.");
		}
	}

	/**
	 * Flyway makes the schema, if somebody else has not done so for a role that may not.
	 */
	private void requireRights() {
		JdbcClient.create(this.database.jdbc())
			.sql(LACKS)
			.params(this.name.sql(), this.name.value())
			.query(String.class)
			.optional()
			.ifPresent((role) -> {
				throw new ConcertinaException(
						"Role %s may neither create the schema %s nor make anything in it".formatted(role, this.name),
						"Let the owner of the database run once: CREATE SCHEMA %s AUTHORIZATION %s; or, if the schema is there, ALTER SCHEMA %s OWNER TO %s."
							.formatted(this.name.sql(), role, this.name.sql(), role));
			});
	}

	/**
	 * Triggers call functions of the schema with the rights of whoever writes.
	 */
	private void requireUsage() {
		boolean granted = JdbcClient.create(this.database.jdbc())
			.sql("SELECT has_schema_privilege('public', ?, 'USAGE')")
			.param(this.name.value())
			.query(Boolean.class)
			.single();
		if (!granted) {
			throw new ConcertinaException(
					"PUBLIC lacks USAGE on schema %s, so that writes would fail in the triggers of a change"
						.formatted(this.name),
					"As its owner: GRANT USAGE ON SCHEMA %s TO PUBLIC. Its tables stay closed to others."
						.formatted(this.name.sql()));
		}
	}

	/**
	 * Tables without a history are those of a database that is about to be baselined.
	 */
	private boolean hasNoTable(Configuration application) {
		return JdbcClient.create(this.database.jdbc())
			.sql(HAS_NO_TABLE)
			.params(application.getTable(), schemas(application).toArray(String[]::new))
			.query(Boolean.class)
			.single();
	}

	/**
	 * Return whether a change is about tables in the schemas of the application only: a
	 * table elsewhere may be older than a fresh start, and somebody may need what it was.
	 */
	boolean isWithin(Configuration application, ChangeId id) {
		Set<String> schemas = schemas(application);
		return StateStore.jdbc(this.database.jdbc())
			.find(id)
			.stream()
			.flatMap((change) -> change.plan().tables().stream())
			.allMatch((table) -> table.schema() != null && schemas.contains(table.schema()));
	}

	private Set<String> schemas(Configuration application) {
		Set<String> schemas = new LinkedHashSet<>(List.of(application.getSchemas()));
		if (application.getDefaultSchema() != null) {
			schemas.add(application.getDefaultSchema());
		}
		return schemas.isEmpty() ? Set.of(currentSchema()) : schemas;
	}

	private String currentSchema() {
		return JdbcClient.create(this.database.jdbc())
			.sql("SELECT coalesce(current_schema(), '')")
			.query(String.class)
			.single();
	}

	/**
	 * Return whether this database was empty when the schema was installed, and its first
	 * start has not come to its end: nobody can need an old structure.
	 */
	boolean isFresh() {
		return StateStore.isFirstStart(this.database.jdbc());
	}

	void endFirstStart() {
		this.database.jdbc().state("UPDATE {state}.installation SET fresh = false WHERE fresh").update();
	}

}
