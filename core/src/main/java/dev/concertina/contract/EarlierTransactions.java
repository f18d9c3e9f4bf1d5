package dev.concertina.contract;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.Database;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;

/**
 * Transactions that have begun before a change was seen in its state, and so may write by
 * the rule of the state before: an instance reads the rule in its transaction.
 *
 * <p>
 * The time of a transition is that of its transaction, which commits a moment later, so
 * what counts is when the state was seen first.
 */
final class EarlierTransactions {

	private static final int SHOWN = 5;

	private static final String NOW = "SELECT clock_timestamp()";

	/** Of sessions of other roles we see nothing without the right to. */
	private static final String EARLIER = """
			SELECT pid::text AS name, application_name AS application, xact_start::text AS since,
			       query = '<insufficient privilege>' AND backend_type IS NULL AS hidden
			  FROM pg_catalog.pg_stat_activity
			 WHERE datname = current_database() AND pid <> pg_backend_pid()
			   AND (xact_start < ? AND backend_type = 'client backend' OR query = '<insufficient privilege>' AND backend_type IS NULL)
			 UNION ALL
			SELECT gid, owner::text, prepared::text, false
			  FROM pg_catalog.pg_prepared_xacts
			 WHERE database = current_database() AND prepared < ?
			 ORDER BY since""";

	private final Database database;

	private final Map<ChangeId, Seen> seen = new ConcurrentHashMap<>();

	EarlierTransactions(Database database) {
		this.database = database;
	}

	/**
	 * Object as long as one of them is left.
	 */
	Optional<Objection> objection(ChangeRecord change) {
		Seen first = this.seen.merge(change.id(), new Seen(change.state(), now()),
				(known, other) -> known.state().equals(other.state()) ? known : other);
		List<Earlier> earlier = earlier(first.at());
		if (earlier.isEmpty()) {
			return Optional.empty();
		}
		if (earlier.stream().anyMatch(Earlier::hidden)) {
			return Optional.of(new Objection(
					"%d sessions of other roles can't be seen"
						.formatted(earlier.stream().filter(Earlier::hidden).count()),
					"GRANT pg_read_all_stats to the role that migrates."));
		}
		return Optional.of(new Objection(
				"%d transactions have begun before %s, and may write by the rule of before: %s%s".formatted(
						earlier.size(), first.at(),
						earlier.stream().limit(SHOWN).map(Earlier::toString).collect(Collectors.joining(", ")),
						(earlier.size() > SHOWN) ? ", and others" : ""),
				"Nothing: it goes on when they are over; end one that hangs."));
	}

	/**
	 * Begin anew, as somebody was seen who does not know the rule.
	 */
	void forget(ChangeId change) {
		this.seen.remove(change);
	}

	private Instant now() {
		return JdbcClient.create(this.database.jdbc())
			.sql(NOW)
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private List<Earlier> earlier(Instant at) {
		Timestamp time = Timestamp.from(at);
		return JdbcClient.create(this.database.jdbc())
			.sql(EARLIER)
			.params(time, time)
			.query((row, number) -> new Earlier(row.getString("name"), row.getString("application"),
					row.getString("since"), row.getBoolean("hidden")))
			.list();
	}

	private record Seen(State state, Instant at) {

	}

	/**
	 * A transaction.
	 *
	 * @param name the process of its session, or its name if it was prepared
	 * @param application who has begun it
	 * @param since when it has begun
	 * @param hidden whether nothing can be said of the session
	 */
	private record Earlier(String name, String application, @Nullable String since, boolean hidden) {

		@Override
		public String toString() {
			return "%s of '%s' since %s".formatted(this.name, this.application, this.since);
		}

	}

}
