package dev.concertina.fleet;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.StateStore;

/**
 * The instances that have told that they are there.
 *
 * <p>
 * The protocol:
 * <ol>
 * <li>An instance writes down what it is, and does so again at each heartbeat: one that
 * was taken for gone is back with the next one.</li>
 * <li>With it goes the state in which it sees each change that it knows. Its transactions
 * read that state themselves, so those which begin later see it, or a later one.</li>
 * <li>Who stops takes its row away. Who dies is gone when its heartbeat is too old, by
 * the clock of the database.</li>
 * </ol>
 */
public final class Fleet {

	private static final String BEAT = """
			INSERT INTO {state}.instance (id, application, version, sessions, knows, releases, routes, acknowledged)
			SELECT ?, ?, ?, ?::text[], ?::text[], ?::text[], ?::text[],
			       coalesce((SELECT jsonb_object_agg(c.id, c.phase || ' ' || c.status) FROM {state}.change c WHERE c.id = ANY (?::text[])), '{}')
			    ON CONFLICT (id) DO UPDATE
			   SET sessions = EXCLUDED.sessions, routes = EXCLUDED.routes, acknowledged = EXCLUDED.acknowledged, heartbeat = clock_timestamp()""";

	private static final String FORGET = """
			DELETE FROM {state}.instance WHERE heartbeat < clock_timestamp() - ? * interval '1 millisecond'""";

	private static final String LEAVE = """
			DELETE FROM {state}.instance WHERE id = ?""";

	private static final String LIVE = """
			SELECT id, application, version, sessions, knows, releases, routes, started_at, heartbeat,
			       ARRAY(SELECT key FROM jsonb_each_text(acknowledged) ORDER BY key) AS acknowledged_changes,
			       ARRAY(SELECT value FROM jsonb_each_text(acknowledged) ORDER BY key) AS acknowledged_states
			  FROM {state}.instance
			 WHERE heartbeat >= clock_timestamp() - ? * interval '1 millisecond'
			 ORDER BY started_at, id""";

	private static final Duration REMEMBERED = Duration.ofDays(1);

	private final StateJdbc jdbc;

	private final FleetOptions options;

	private Fleet(StateJdbc jdbc, FleetOptions options) {
		this.jdbc = jdbc;
		this.options = options;
	}

	/**
	 * Return the fleet of a database, with the state where it is if nothing else is said.
	 * @param dataSource the database
	 * @param options how instances tell that they are there
	 * @return the fleet
	 */
	public static Fleet of(DataSource dataSource, FleetOptions options) {
		return of(dataSource, StateSchemaName.DEFAULT, options);
	}

	/**
	 * Return the fleet of a database.
	 * @param dataSource the database
	 * @param schema where the state is
	 * @param options how instances tell that they are there
	 * @return the fleet
	 */
	public static Fleet of(DataSource dataSource, StateSchemaName schema, FleetOptions options) {
		return new Fleet(new Database(dataSource, schema).jdbc(), options);
	}

	/**
	 * Return whether there is anything to be written into: the state schema comes with
	 * the first migration.
	 */
	boolean isInstalled() {
		return StateStore.isInstalled(this.jdbc);
	}

	Duration interval() {
		return this.options.interval();
	}

	/**
	 * Tell that an instance is there.
	 * @param member what it says of itself
	 */
	void beat(Member member) {
		String[] knows = values(member.knows());
		this.jdbc.state(BEAT)
			.params(member.id(), member.application(), member.version())
			.param(member.sessions().toArray(String[]::new))
			.param(knows)
			.param(values(member.releases()))
			.param(values(member.routes()))
			.param(knows)
			.update();
		this.jdbc.state(FORGET).param(REMEMBERED.toMillis()).update();
	}

	/**
	 * Tell that an instance is no longer there.
	 * @param member what it has said of itself
	 */
	void leave(Member member) {
		this.jdbc.state(LEAVE).param(member.id()).update();
	}

	/**
	 * Return who is there.
	 * @return the instances that were heard of lately, those that joined first come first
	 */
	public List<Instance> live() {
		return this.jdbc.state(LIVE)
			.param(this.options.expiry().toMillis())
			.query((row, number) -> instance(row))
			.list();
	}

	private static Instance instance(ResultSet row) throws SQLException {
		return new Instance(row.getString("id"), row.getString("application"), row.getString("version"),
				strings(row, "sessions").collect(Collectors.toSet()), ids(row, "knows"), ids(row, "releases"),
				ids(row, "routes"), acknowledged(row), row.getTimestamp("started_at").toInstant(),
				row.getTimestamp("heartbeat").toInstant());
	}

	private static Map<ChangeId, String> acknowledged(ResultSet row) throws SQLException {
		List<String> changes = strings(row, "acknowledged_changes").toList();
		List<String> states = strings(row, "acknowledged_states").toList();
		Map<ChangeId, String> acknowledged = new HashMap<>();
		for (int number = 0; number < changes.size(); number++) {
			acknowledged.put(ChangeId.of(changes.get(number)), states.get(number));
		}
		return acknowledged;
	}

	private static Set<ChangeId> ids(ResultSet row, String column) throws SQLException {
		return strings(row, column).map(ChangeId::of).collect(Collectors.toSet());
	}

	private static Stream<String> strings(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return Stream.of((String[]) array.getArray());
	}

	private static String[] values(Collection<ChangeId> ids) {
		return ids.stream().map(ChangeId::value).sorted().toArray(String[]::new);
	}

}
