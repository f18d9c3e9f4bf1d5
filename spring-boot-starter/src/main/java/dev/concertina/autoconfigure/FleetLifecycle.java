package dev.concertina.autoconfigure;

import java.util.List;

import org.springframework.context.SmartLifecycle;

import dev.concertina.fleet.Heartbeat;

/**
 * Lets this instance be one of the fleet before it takes requests, and until it has
 * answered the last one.
 */
final class FleetLifecycle implements SmartLifecycle {

	private final TargetDatabase database;

	private final List<Heartbeat> heartbeats;

	private volatile boolean running;

	FleetLifecycle(TargetDatabase database, List<Heartbeat> heartbeats) {
		this.database = database;
		this.heartbeats = List.copyOf(heartbeats);
	}

	@Override
	public void start() {
		if (this.database.isSupported()) {
			this.heartbeats.forEach(Heartbeat::start);
			this.running = true;
		}
	}

	@Override
	public void stop() {
		if (this.running) {
			this.heartbeats.forEach(Heartbeat::stop);
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
