package dev.concertina.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.event.MigrationListener;

/**
 * Keeps what happens while Flyway runs, until the listeners of the application are there:
 * they may need beans that wait for Flyway.
 */
final class StartupEvents {

	private final List<MigrationEvent> kept = new ArrayList<>();

	synchronized void keep(MigrationEvent event) {
		this.kept.add(event);
	}

	/**
	 * Return who has held locks that were waited for.
	 */
	synchronized Optional<String> blockers() {
		return this.kept.stream()
			.filter(LockTimedOut.class::isInstance)
			.map((event) -> ((LockTimedOut) event).blockers().toString())
			.distinct()
			.reduce((one, other) -> one + ", " + other);
	}

	synchronized void replay(MigrationListener listener) {
		this.kept.forEach(listener::on);
		this.kept.clear();
	}

}
