package dev.concertina.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.plan.Phase;

/**
 * No session is left that belongs to no instance we know of: a version that is older than
 * this library, a report, a job. An instance that was taken for gone, as it is frozen,
 * still has its sessions.
 *
 * @param harmless sessions that need no old structure
 */
record NoForeignSessions(HarmlessSessions harmless) implements GateCondition {

	private static final int SHOWN = 5;

	/** What is no session of a client has no name of a database, or says what it is. */
	private static final String SESSIONS = """
			SELECT application_name AS name, count(*) AS sessions, min(pid) AS pid, min(usename::text) AS role, min(backend_start)::text AS since
			  FROM pg_catalog.pg_stat_activity
			 WHERE datname = current_database() AND pid <> pg_backend_pid()
			   AND (backend_type IS NULL OR backend_type IN ('client backend', 'walsender'))
			 GROUP BY application_name
			 ORDER BY application_name""";

	@Override
	public boolean isBefore(Phase phase) {
		return phase == Phase.BACKFILL || phase == Phase.CONTRACT;
	}

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		Set<String> known = new HashSet<>();
		candidate.fleet().live().forEach((instance) -> known.addAll(instance.sessions()));
		List<Sessions> foreign = sessions(candidate.jdbc()).stream()
			.filter((sessions) -> isForeign(sessions.name(), known))
			.toList();
		if (foreign.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Objection(
				"%d sessions belong to no instance: %s%s".formatted(foreign.stream().mapToLong(Sessions::count).sum(),
						foreign.stream().limit(SHOWN).map(Sessions::toString).collect(Collectors.joining(", ")),
						(foreign.size() > SHOWN) ? ", and others" : ""),
				"End them, or list their names under concertina.fleet.harmless-sessions if they need no old structure."));
	}

	private boolean isForeign(String name, Set<String> known) {
		return !known.contains(name) && !this.harmless.have(name);
	}

	private static List<Sessions> sessions(JdbcTemplate jdbc) {
		return JdbcClient.create(jdbc)
			.sql(SESSIONS)
			.query((row, number) -> new Sessions(row.getString("name"), row.getLong("sessions"), row.getInt("pid"),
					row.getString("role"), row.getString("since")))
			.list();
	}

	@Override
	public String toString() {
		return "Whether a session belongs to no instance";
	}

	/**
	 * Sessions of one name.
	 *
	 * @param pid the process of one of them
	 * @param since when the first one has begun
	 */
	private record Sessions(String name, long count, int pid, String role, String since) {

		@Override
		public String toString() {
			return "%d with application_name '%s' (such as pid %d of role %s), the first since %s".formatted(this.count,
					this.name, this.pid, this.role, this.since);
		}

	}

}
