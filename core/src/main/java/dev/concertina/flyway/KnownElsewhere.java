package dev.concertina.flyway;

import java.util.List;

import javax.sql.DataSource;

import dev.concertina.change.ChangeId;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.StateStore;

/**
 * Finds that the state is in another schema than it is looked for: what is on its way
 * there would be forgotten here. Applications that share a database may have one each, so
 * another one alone says nothing; a migration that was run and is not known does.
 *
 * @param dataSource the database
 * @param name where the state is looked for
 */
record KnownElsewhere(DataSource dataSource, StateSchemaName name) {

	/** By what only our schemas have. */
	private static final String OTHERS = """
			SELECT n.nspname, has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable
			  FROM pg_catalog.pg_namespace n
			  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = 'change' AND c.relkind = 'r'
			 WHERE n.nspname <> ?
			   AND EXISTS (SELECT FROM pg_catalog.pg_class i WHERE i.relnamespace = n.oid AND i.relname = 'installation')
			   AND EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.pronamespace = n.oid AND p.proname = 'claim_chunk')
			 ORDER BY n.nspname""";

	private static final String KNOWN = """
			SELECT id FROM {state}.change""";

	/**
	 * Refuse to go on if it is so.
	 * @param applied the changes that were run, by the history of the application
	 */
	void refuse(List<ChangeId> applied) {
		StateJdbc here = in(this.name);
		List<String> known = StateStore.isInstalled(here) ? known(here) : List.of();
		List<String> unknown = applied.stream().map(ChangeId::value).filter((id) -> !known.contains(id)).toList();
		if (!unknown.isEmpty()) {
			others(here).forEach((other) -> refuse(unknown, other));
		}
	}

	private StateJdbc in(StateSchemaName schema) {
		return new Database(this.dataSource, schema).jdbc();
	}

	private static List<Other> others(StateJdbc jdbc) {
		return jdbc.state(OTHERS)
			.param(jdbc.schema().value())
			.query((row, number) -> new Other(row.getString("nspname"), row.getBoolean("readable")))
			.list();
	}

	private static List<String> known(StateJdbc jdbc) {
		return jdbc.state(KNOWN).query((row, number) -> row.getString(1)).list();
	}

	private void refuse(List<String> unknown, Other other) {
		String problem = "Changes %s were run, but schema %s knows nothing of them".formatted(unknown, this.name);
		if (!other.readable()) {
			throw new ConcertinaException("%s, and what %s knows can't be read".formatted(problem, other.name()),
					"Set concertina.schema to %1$s if the state is there; else GRANT SELECT ON %1$s.change to the role that migrates."
						.formatted(other.name()));
		}
		if (known(in(StateSchemaName.of(other.name()))).stream().anyMatch(unknown::contains)) {
			throw new ConcertinaException("%s; schema %s does".formatted(problem, other.name()),
					"Set concertina.schema to %s: it stays what it was at the first start.".formatted(other.name()));
		}
	}

	/**
	 * Another schema that holds a state.
	 *
	 * @param name its name
	 * @param readable whether this role may read what it knows
	 */
	private record Other(String name, boolean readable) {

	}

}
