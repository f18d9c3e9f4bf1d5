package dev.concertina.autoconfigure;

import org.springframework.context.SmartLifecycle;

import dev.concertina.fleet.Heartbeat;

/**
 * Lets this instance be one of the fleet before it takes requests, and until it has
 * answered the last one.
 */
final class FleetLifecycle implements SmartLifecycle {

	private final TargetDatabase database;

	private final Heartbeat heartbeat;

	private volatile boolean running;

	FleetLifecycle(TargetDatabase database, Heartbeat heartbeat) {
		this.database = database;
		this.heartbeat = heartbeat;
	}

	@Override
	public void start() {
		if (this.database.isSupported()) {
			this.heartbeat.start();
			this.running = true;
		}
	}

	@Override
	public void stop() {
		if (this.running) {
			this.heartbeat.stop();
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
