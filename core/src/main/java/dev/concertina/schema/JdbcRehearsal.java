package dev.concertina.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * Tries statements out in a transaction that is rolled back.
 */
final class JdbcRehearsal implements Rehearsal {

	private static final TableName VIEW = new TableName("pg_temp", "concertina_view");

	private static final TableName TWIN = new TableName("pg_temp", "concertina_table");

	private static final String REMEMBER = """
			CREATE TEMP TABLE concertina_routine AS SELECT oid, xmin::text AS version FROM pg_catalog.pg_proc""";

	private static final String MADE = """
			SELECT format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes))
			  FROM pg_catalog.pg_proc p
			  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
			  LEFT JOIN pg_temp.concertina_routine before ON before.oid = p.oid
			 WHERE before.version IS DISTINCT FROM p.xmin::text AND p.prokind IN ('f', 'p', 'w')""";

	private final JdbcTemplate jdbc;

	private final List<String> before;

	/**
	 * Make a rehearsal.
	 * @param before the statements that make what the others need
	 */
	JdbcRehearsal(JdbcTemplate jdbc, List<String> before) {
		this.jdbc = jdbc;
		this.before = List.copyOf(before);
	}

	@Override
	public Optional<String> objection(String... statements) {
		return attempt((trial) -> {
			List.of(statements).forEach(trial::execute);
			return "";
		}).objection();
	}

	@Override
	public List<Column> columns(String query) {
		return attempt((trial) -> {
			trial.execute("CREATE TEMP VIEW concertina_view AS " + query);
			return new JdbcCatalog(trial).table(VIEW).orElseThrow().columns();
		}).value("The query can't be that of a view", "Write one SELECT, without parameters.");
	}

	@Override
	public String routine(String definition) {
		List<String> made = attempt((trial) -> {
			trial.execute(REMEMBER);
			trial.execute(definition);
			trial.execute("SET LOCAL search_path = ''");
			return trial.query(MADE, (row, number) -> row.getString(1));
		}).value("The function can't be made", "Write one CREATE FUNCTION or CREATE PROCEDURE statement.");
		if (made.size() != 1) {
			throw new InvalidDefinitionException("The definition makes %d functions".formatted(made.size()),
					"Write one CREATE FUNCTION or CREATE PROCEDURE statement.");
		}
		return made.get(0);
	}

	@Override
	public Optional<String> objection(Table table, Identifier trigger, String event, String action) {
		String columns = table.columns()
			.stream()
			.map((column) -> "%s %s".formatted(column.name().quoted(), column.type()))
			.collect(Collectors.joining(", "));
		return objection("CREATE TEMP TABLE concertina_table (%s)".formatted(columns),
				"CREATE TRIGGER %s %s\nON %s %s".formatted(trigger.quoted(), event, TWIN.quoted(), action));
	}

	private <T> Attempt<T> attempt(Function<JdbcTemplate, T> work) {
		return Objects.requireNonNull(this.jdbc
			.execute((ConnectionCallback<Attempt<T>>) (connection) -> RolledBack.run(connection, (trial) -> {
				try {
					this.before.forEach(trial::execute);
					return new Attempt<>(Stream.of(work.apply(trial)).toList(), "");
				}
				catch (DataAccessException ex) {
					String message = String.valueOf(ex.getMostSpecificCause().getMessage());
					return new Attempt<>(List.of(), message.lines().findFirst().orElse("it failed"));
				}
			})));
	}

	/**
	 * What an attempt has yielded, or why it failed.
	 */
	private record Attempt<T>(List<T> result, String failure) {

		Optional<String> objection() {
			return this.result.isEmpty() ? Optional.of(this.failure) : Optional.empty();
		}

		T value(String problem, String action) {
			if (this.result.isEmpty()) {
				throw new InvalidDefinitionException("%s: %s".formatted(problem, this.failure), action);
			}
			return this.result.get(0);
		}

	}

}
