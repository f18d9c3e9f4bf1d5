package dev.concertina.flyway;

import java.sql.SQLException;
import java.util.Map;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

import dev.concertina.execute.LockOptions;
import dev.concertina.jdbc.Database;

/**
 * Gives each transactional migration of the application the lock timeout, for its
 * transaction only: the connection may come from the application's pool.
 */
final class LockTimeoutCallback implements Callback {

	private final LockOptions locks;

	LockTimeoutCallback(LockOptions locks) {
		this.locks = locks;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	public void handle(Event event, Context context) {
		try {
			if (!context.getConnection().getAutoCommit()) {
				Database.setLocal(Database.on(context.getConnection()), Map.of("lock_timeout", this.locks.setting()));
			}
		}
		catch (SQLException ex) {
			throw new FlywayException("The lock timeout can't be set", ex);
		}
	}

	@Override
	public String getCallbackName() {
		return "concertina-lock-timeout";
	}

}
