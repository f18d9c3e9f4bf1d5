package dev.concertina.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's error codes mean for somebody who may try again.
 *
 * @param code five characters, see appendix "PostgreSQL Error Codes" of its manual
 */
public record SqlState(String code) {

	private static final String LOCK_NOT_AVAILABLE = "55P03";

	private static final String DEADLOCK_DETECTED = "40P01";

	private static final String SERIALIZATION_FAILURE = "40001";

	private static final String QUERY_CANCELED = "57014";

	/**
	 * Classes of failures that other rows have as well: features, transactions, rights,
	 * names and syntax, limits, states of objects, the server itself.
	 */
	private static final Set<String> OF_ALL_ROWS = Set.of("0A", "25", "26", "28", "2D", "34", "3B", "3D", "3F", "40",
			"42", "54", "55", "58", "72", "F0", "HV", "XX");

	private static final Set<String> TRANSIENT = Set.of(LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED, SERIALIZATION_FAILURE,
			QUERY_CANCELED);

	/**
	 * Return the code of the SQL exception that a failure was caused by.
	 * @param failure the failure
	 * @return the code, or nothing if no SQL exception is behind it
	 */
	public static Optional<SqlState> of(Throwable failure) {
		for (@Nullable
		Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && sql.getSQLState() != null) {
				return Optional.of(new SqlState(sql.getSQLState()));
			}
		}
		return Optional.empty();
	}

	/**
	 * Return whether a failure came from a pool of connections: the server and its driver
	 * give each of theirs a code.
	 * @param failure the failure
	 * @return {@code true} if an SQL exception without a code is behind it, such as that
	 * of a pool which has closed a broken connection
	 */
	public static boolean isOfThePool(Throwable failure) {
		for (@Nullable
		Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql) {
				return sql.getSQLState() == null && of(sql).isEmpty();
			}
		}
		return false;
	}

	/**
	 * Return whether a failure came from a lock that was not granted in time.
	 * @param failure the failure
	 * @return {@code true} for 55P03 and 40P01
	 */
	public static boolean isLockFailure(Throwable failure) {
		return of(failure)
			.filter((state) -> state.code.equals(LOCK_NOT_AVAILABLE) || state.code.equals(DEADLOCK_DETECTED))
			.isPresent();
	}

	/**
	 * Return whether somebody has cancelled the statement, or a statement timeout has.
	 * @return {@code true} for 57014
	 */
	public boolean isCanceled() {
		return this.code.equals(QUERY_CANCELED);
	}

	/**
	 * Return whether the same statement may succeed when it is tried again.
	 * @return {@code true} for lock time-outs, deadlocks, serialization failures and
	 * cancelled statements
	 */
	public boolean isTransient() {
		return TRANSIENT.contains(this.code);
	}

	/**
	 * Return whether the failure may be that of one row, while others succeed: a division
	 * by zero, a constraint that a value violates, what a function has raised.
	 * @return {@code false} for what is no matter of values, and for what may pass
	 */
	public boolean isOfARow() {
		return !isConnectionLost() && !this.code.startsWith("57") && !OF_ALL_ROWS.contains(this.code.substring(0, 2));
	}

	/**
	 * Return whether the connection is gone or the server is not there.
	 * @return {@code true} for class 08 and for a server that stops, starts or ended the
	 * session
	 */
	public boolean isConnectionLost() {
		return this.code.startsWith("08") || this.code.startsWith("57P") || this.code.startsWith("53");
	}

}
