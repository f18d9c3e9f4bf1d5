package dev.concertina.execute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

import dev.concertina.change.ChangeId;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.Held;

/**
 * Tells once that a throttle holds a change, and once that it goes on, however many
 * workers are held and ask again.
 */
final class HoldLog {

	private final Logger logger;

	private final ChangeId change;

	private final Clock clock;

	private @Nullable Instant first;

	private Instant last = Instant.MIN;

	HoldLog(Logger logger, ChangeId change, Clock clock) {
		this.logger = logger;
		this.change = change;
		this.clock = clock;
	}

	synchronized void held(Held event) {
		this.last = this.clock.instant();
		if (this.first == null) {
			this.first = this.last;
			this.logger.info("{} - Held, asking again every {}: {}", this.change, event.pause(), event.reason());
		}
	}

	/**
	 * Return whether the hold is over, and tell it. A batch that was at work when a
	 * worker was held says nothing.
	 */
	synchronized boolean hasEndedBefore(BatchFinished batch) {
		Instant now = this.clock.instant();
		if (this.first == null || now.minus(batch.duration()).isBefore(this.last)) {
			return false;
		}
		this.logger.info("{} - Goes on after it was held for {} s", this.change,
				Duration.between(this.first, now).toSeconds());
		return true;
	}

}
