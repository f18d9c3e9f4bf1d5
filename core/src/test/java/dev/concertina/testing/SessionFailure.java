package dev.concertina.testing;

import java.sql.SQLException;

/**
 * An error that the server, or the work itself, raised in a scripted session.
 */
public final class SessionFailure extends RuntimeException {

	static final String DEADLOCK = "40P01";

	SessionFailure(String what, Throwable cause) {
		super("%s failed: %s".formatted(what, cause.getMessage()), cause);
	}

	/**
	 * Returns the SQLSTATE, or an empty string if no statement failed but the Java code
	 * around it.
	 */
	public String sqlState() {
		for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException ex && ex.getSQLState() != null) {
				return ex.getSQLState();
			}
		}
		return "";
	}

}
