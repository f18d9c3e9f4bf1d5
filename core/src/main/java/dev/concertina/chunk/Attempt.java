package dev.concertina.chunk;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;

import dev.concertina.jdbc.SqlState;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.RowRange;

/**
 * Work on some rows that may fail because of one of them, and leaves the transaction as
 * it was then.
 *
 * @param tally what was counted, {@code null} if it has failed
 * @param problem what PostgreSQL said, empty if it has not failed
 */
record Attempt(@Nullable Tally tally, String problem) {

	/**
	 * Try it.
	 * @throws DataAccessException if the failure is that of no row
	 */
	static Attempt at(StateJdbc jdbc, ChunkTask task, String relation, RowRange rows) {
		jdbc.execute("SAVEPOINT concertina_rows");
		try {
			Tally tally = task.work().on(jdbc, relation, rows);
			jdbc.execute("RELEASE SAVEPOINT concertina_rows");
			return new Attempt(tally, "");
		}
		catch (DataAccessException ex) {
			if (!mayBeOfARow(ex)) {
				throw ex;
			}
			jdbc.execute("ROLLBACK TO SAVEPOINT concertina_rows; RELEASE SAVEPOINT concertina_rows");
			return new Attempt(null, String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage()));
		}
	}

	/**
	 * Try it with one row.
	 * @throws DataAccessException if the failure is not that of the row
	 */
	static Attempt atRow(StateJdbc jdbc, ChunkTask task, PoisonRows.Row row) {
		Attempt attempt = at(jdbc, task, row.relation(), row.range());
		return attempt.succeeded()
			.flatMap((tally) -> tally.failed().stream().findFirst())
			.map((failed) -> new Attempt(null, failed.error()))
			.orElse(attempt);
	}

	/**
	 * Return whether rows alone may succeed where all together have failed. A statement
	 * that has taken too long was cancelled.
	 */
	static boolean mayBeOfARow(RuntimeException failure) {
		return failure instanceof QueryTimeoutException
				|| SqlState.of(failure).filter((state) -> state.isOfARow() || state.isCanceled()).isPresent();
	}

	Optional<Tally> succeeded() {
		return Optional.ofNullable(this.tally);
	}

}
