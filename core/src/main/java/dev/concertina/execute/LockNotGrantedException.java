package dev.concertina.execute;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Blocker;
import dev.concertina.schema.TableName;

/**
 * Locks were not granted within the budget; nothing was changed.
 */
public class LockNotGrantedException extends ConcertinaException {

	private final List<Blocker> blockers;

	LockNotGrantedException(String change, Collection<TableName> tables, int attempts, Duration time,
			List<Blocker> blockers, @Nullable Throwable cause) {
		super("Change '%s' got no lock on %s in %d attempts over %.1f s; %s".formatted(change, tables, attempts, time
			.toMillis() / 1000.0, described(blockers)), blockers.isEmpty()
					? "Start again; nothing was changed in the database."
					: "End these transactions or wait for them, then start again; nothing was changed in the database.",
				cause);
		this.blockers = List.copyOf(blockers);
	}

	/**
	 * Return the sessions that held locks on the tables at the end.
	 * @return the sessions, oldest transaction first
	 */
	public List<Blocker> blockers() {
		return this.blockers;
	}

	private static String described(List<Blocker> blockers) {
		return blockers.isEmpty() ? "nobody holds one now" : "held by " + blockers;
	}

}
