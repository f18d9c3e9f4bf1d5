package dev.concertina.fleet;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.concertina.throttle.StopSignal;

/**
 * Tells now and then that this instance is there, until it stops.
 */
public final class Heartbeat {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeat.class);

	/** A heartbeat behind the farewell would bring the instance back for a while. */
	private static final Duration LAST_BEAT = Duration.ofSeconds(5);

	private final Fleet fleet;

	private final Supplier<Member> member;

	private final Duration interval;

	private StopSignal stop = new StopSignal();

	private @Nullable Thread thread;

	private volatile boolean failed;

	/**
	 * Make a heartbeat.
	 * @param fleet what it is part of
	 * @param member what the instance says of itself; asked for again each time
	 */
	public Heartbeat(Fleet fleet, Supplier<Member> member) {
		this.fleet = fleet;
		this.member = member;
		this.interval = fleet.interval();
	}

	/**
	 * Join the fleet, and tell of it from now on, also again after a stop.
	 */
	public synchronized void start() {
		beat();
		StopSignal signal = new StopSignal();
		this.stop = signal;
		this.thread = new Thread(() -> beatUntil(signal), "concertina-fleet");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void beatUntil(StopSignal signal) {
		signal.pause(this.interval);
		while (!signal.isStopped()) {
			beat();
			signal.pause(this.interval);
		}
	}

	/**
	 * Leave the fleet.
	 */
	public synchronized void stop() {
		Thread beating = this.thread;
		if (beating == null) {
			return;
		}
		this.stop.stop();
		try {
			beating.join(LAST_BEAT.toMillis());
			if (this.fleet.isInstalled()) {
				this.fleet.leave(this.member.get());
			}
			this.thread = null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.warn("This instance can't leave the fleet, and is taken for gone later: {}", ex.getMessage());
		}
	}

	/**
	 * What has failed is told of once, until it works again.
	 */
	private void beat() {
		try {
			if (this.fleet.isInstalled()) {
				this.fleet.beat(this.member.get());
			}
			this.failed = false;
		}
		catch (RuntimeException ex) {
			if (!this.failed) {
				logger.warn("This instance can't tell that it is there; trying again every {}: {}", this.interval,
						ex.getMessage());
			}
			this.failed = true;
		}
	}

}
