package dev.concertina.story;

import java.time.Duration;

import dev.concertina.change.ChangeId;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.Throttle;

/**
 * Lets a test set the pace while a change runs. Before it does, nothing moves, and nobody
 * says why.
 */
class Pedal implements Throttle {

	static final Pace STALL = Pace.hold(Duration.ZERO, "");

	static final Pace HOLD = Pace.hold(Duration.ofMillis(200), "replication lag: 12 s (limit 1.5 s)");

	static final Pace SLOW = new Pace(Duration.ofMillis(200), "replication lag: 2 s (limit 1.5 s)");

	private volatile Pace pace = STALL;

	void set(Pace wanted) {
		this.pace = wanted;
	}

	@Override
	public Pace pace(ChangeId change) {
		return this.pace;
	}

}
