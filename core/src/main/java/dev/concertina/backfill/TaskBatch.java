package dev.concertina.backfill;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.chunk.FailedRow;
import dev.concertina.chunk.Tally;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.SqlState;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.RowRange;
import dev.concertina.plan.TaskCall;

/**
 * A batch whose rows a task computes.
 *
 * <p>
 * In the transaction of the batch:
 * <ol>
 * <li>Lock the rows that are not computed, and read them.</li>
 * <li>Transform them on the threads of the pool. The connection is idle meanwhile, the
 * rows stay locked, and the time is limited.</li>
 * <li>Write all of them by one statement. Nobody has moved a row since, so its position
 * is still its own.</li>
 * </ol>
 *
 * @param <T> what the task reads of a row
 * @param task the task
 * @param call what it is called, and the columns it gives a value
 * @param texts how the values of these columns are written
 * @param read the statement that locks and reads
 * @param write the statement that writes
 * @param pool the threads
 */
record TaskBatch<T>(BackfillTask<T> task, TaskCall call, List<ValueText> texts, RangedSql read, RangedSql write,
		TransformPool pool) {

	static TaskBatch<?> of(BackfillTask<?> task, TaskCall call, List<RangedSql> statements, TransformPool pool) {
		return new TaskBatch<>(task, call, call.into().stream().map(ValueText::new).toList(), statements.get(0),
				statements.get(1), pool);
	}

	Tally run(JdbcTemplate jdbc, String relation, RowRange range) {
		List<FailedRow> failed = new ArrayList<>();
		List<Callable<Computed>> calls = new ArrayList<>();
		jdbc.query(this.read.sql(relation, range), (row) -> {
			String tid = row.getString(row.getMetaData().getColumnCount());
			try {
				T input = this.task.read(row);
				calls.add(() -> compute(tid, input));
			}
			catch (SQLException | RuntimeException ex) {
				failed.add(new FailedRow(tid, message(ofARow(ex))));
			}
		});
		List<Computed> computed = new ArrayList<>();
		for (Computed row : calls.isEmpty() ? List.<Computed>of() : this.pool.all(this.call.task(), calls)) {
			if (row.error().isEmpty()) {
				computed.add(row);
			}
			else {
				failed.add(new FailedRow(row.tid(), row.error()));
			}
		}
		return Tally.copied(computed.isEmpty() ? 0 : write(jdbc, relation, range, computed), failed);
	}

	private Computed compute(String tid, T input) {
		Map<String, ? extends @Nullable Object> result;
		try {
			result = this.task.transform(input);
		}
		catch (TemporaryFailureException | TransientDataAccessException ex) {
			// not the cause: what a database of the task says is not about this batch
			throw new TransientDataAccessResourceException(
					"Task '%s' fails for now: %s".formatted(this.call.task(), message(ex)));
		}
		catch (Exception ex) {
			return new Computed(tid, List.of(), message(ex));
		}
		return computed(tid, result);
	}

	private Computed computed(String tid, Map<String, ? extends @Nullable Object> result) {
		if (result.size() != this.texts.size()) {
			throw wrongColumns(result);
		}
		List<@Nullable String> values = new ArrayList<>();
		boolean empty = true;
		for (ValueText text : this.texts) {
			if (!result.containsKey(text.column())) {
				throw wrongColumns(result);
			}
			String value = text.of(result.get(text.column()));
			values.add(value);
			empty &= value == null;
		}
		return new Computed(tid, values, empty
				? "Task '%s' gives NULL for all of %s, so the row could not be told from one that was not computed"
					.formatted(this.call.task(), columns())
				: "");
	}

	private ConcertinaException wrongColumns(Map<String, ? extends @Nullable Object> result) {
		return new ConcertinaException(
				"Task '%s' gives values for the columns %s, and shall give them for %s".formatted(this.call.task(),
						new TreeSet<>(result.keySet()), columns()),
				"Let its result have these columns, a null for those without a value; then resume the change.");
	}

	private List<String> columns() {
		return this.texts.stream().map(ValueText::column).toList();
	}

	private int write(JdbcTemplate jdbc, String relation, RowRange range, List<Computed> rows) {
		JdbcClient.StatementSpec statement = JdbcClient.create(jdbc)
			.sql(this.write.sql(relation, RowRange.of(range.places())))
			.param(rows.stream().map(Computed::tid).toArray(String[]::new));
		for (int number = 0; number < this.texts.size(); number++) {
			int column = number;
			statement = statement.param(rows.stream().map((row) -> row.values().get(column)).toArray(String[]::new));
		}
		return statement.update();
	}

	/**
	 * Return a failure of the task if it may be that of the row which it has read.
	 */
	private static Exception ofARow(Exception failure) throws SQLException {
		if (failure instanceof SQLException sql && SqlState.of(sql).filter(SqlState::isOfARow).isEmpty()) {
			throw sql;
		}
		return failure;
	}

	private static String message(Exception failure) {
		return "%s: %s".formatted(failure.getClass().getName(), failure.getMessage());
	}

	/**
	 * What a task has made of a row.
	 *
	 * @param tid the position of the row
	 * @param values the values of the columns, in the order of the call
	 * @param error why it has made nothing of it, empty if it has
	 */
	private record Computed(String tid, List<@Nullable String> values, String error) {

	}

}
