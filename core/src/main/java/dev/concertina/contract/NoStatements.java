package dev.concertina.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Plan;
import dev.concertina.schema.ColumnPlace;
import dev.concertina.schema.TableName;

/**
 * No statement that names a column or a table which is about to go has been run for a
 * while, as far as {@code pg_stat_statements} tells, where that extension is there.
 *
 * <p>
 * It counts calls and has no time of the last one, so each instance remembers for itself
 * what it has counted, and when that has grown; at its first look, all of it may be of a
 * moment ago. What {@code SELECT *} reads is not named; what roles run whose statements
 * may not be seen is not found.
 */
final class NoStatements implements GateCondition {

	private static final int SHOWN = 3;

	private static final String EXTENSION = """
			SELECT quote_ident(n.nspname)
			  FROM pg_catalog.pg_extension e
			  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
			 WHERE e.extname = 'pg_stat_statements'""";

	/** Not what changes the structure, nor what we run ourselves. */
	private static final String CALLS = """
			SELECT s.queryid, left(regexp_replace(min(s.query), '\\s+', ' ', 'g'), 120) AS query, sum(s.calls) AS calls
			  FROM extension.pg_stat_statements(true) AS s
			 WHERE s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) AND s.toplevel
			   AND s.query ~* '^\\s*(select|insert|update|delete|merge|with|copy)\\M'
			   AND s.query !~* '\\m(concertina|source\\.ctid)' AND s.query !~ ' AS source\\M' AND strpos(s.query, '{state}.') = 0
			   AND EXISTS (SELECT
			                 FROM unnest(?::text[], ?::text[]) AS o (relation, name)
			                WHERE s.query ~* ('\\m' || o.relation || '\\M') AND (o.name = '' OR s.query ~* ('\\m' || o.name || '\\M')))
			 GROUP BY s.queryid
			 ORDER BY query""";

	private final Duration quiet;

	private final Map<ChangeId, Map<Long, Counted>> counted = new ConcurrentHashMap<>();

	/**
	 * Make the condition.
	 * @param quiet for how long none must have been run
	 */
	NoStatements(Duration quiet) {
		this.quiet = quiet;
	}

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		Plan plan = candidate.change().plan();
		Optional<String> extension = JdbcClient.create(candidate.jdbc()).sql(EXTENSION).query(String.class).optional();
		if ((plan.obsolete().isEmpty() && plan.obsoleteTables().isEmpty()) || extension.isEmpty()
				|| candidate.isRetired()) {
			return Optional.empty();
		}
		Map<Statement, Instant> lately = count(candidate, calls(candidate.jdbc(), extension.get(), plan));
		if (lately.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Objection(
				"%d statements that name the old structure were run within %s, the last as of %s, such as: %s"
					.formatted(lately.size(), this.quiet, Collections.max(lately.values()),
							lately.keySet()
								.stream()
								.limit(SHOWN)
								.map(Statement::query)
								.collect(Collectors.joining("; "))),
				"Change or stop what runs them; it goes on when they have not been run for as long."));
	}

	private static List<Statement> calls(StateJdbc jdbc, String extension, Plan plan) {
		return jdbc.state(CALLS.replace("extension.", extension + "."))
			.param(words(Stream.concat(plan.obsolete().stream().map(ColumnPlace::table), plan.obsoleteTables().stream())
				.map(TableName::name)))
			.param(words(Stream.concat(plan.obsolete().stream().map((place) -> place.column().value()),
					plan.obsoleteTables().stream().map((table) -> ""))))
			.query((row, number) -> new Statement(row.getLong("queryid"), row.getString("query"), row.getLong("calls")))
			.list();
	}

	/**
	 * As a regular expression takes them.
	 */
	private static String[] words(Stream<String> names) {
		return names.map((name) -> name.replaceAll("[^\\p{L}\\p{N}_]", "\\\\$0")).toArray(String[]::new);
	}

	private Map<Statement, Instant> count(GateCandidate candidate, List<Statement> statements) {
		Map<Long, Counted> before = this.counted.computeIfAbsent(candidate.change().id(), (id) -> new HashMap<>());
		Map<Statement, Instant> lately = new LinkedHashMap<>();
		synchronized (before) {
			for (Statement statement : statements) {
				Instant grownAt = grownAt(statement, before.get(statement.id()), candidate.now());
				before.put(statement.id(), new Counted(statement.calls(), grownAt));
				if (grownAt.plus(this.quiet).isAfter(candidate.now())) {
					lately.put(statement, grownAt);
				}
			}
		}
		return lately;
	}

	private static Instant grownAt(Statement statement, @Nullable Counted known, Instant now) {
		return (known == null || statement.calls() > known.calls()) ? now : known.grownAt();
	}

	@Override
	public String toString() {
		return "Whether statements name the old structure";
	}

	private record Statement(long id, String query, long calls) {

	}

	/**
	 * What was counted of a statement.
	 *
	 * @param calls how often it was called
	 * @param grownAt when that was seen to be more than before
	 */
	private record Counted(long calls, Instant grownAt) {

	}

}
