package dev.concertina.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.event.MigrationEvent;
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

	synchronized void replay(MigrationListener listener) {
		this.kept.forEach(listener::on);
		this.kept.clear();
	}

}
