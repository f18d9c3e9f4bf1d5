package dev.concertina.dualwrite;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;

/**
 * Lets one report of a change pass in a while, and counts the others.
 */
final class Sampler {

	private final Duration interval;

	private final Clock clock;

	private final Map<ChangeId, Last> reports = new HashMap<>();

	Sampler(Duration interval, Clock clock) {
		this.interval = interval;
		this.clock = clock;
	}

	/**
	 * Return how many were held since the last one, if this one may pass.
	 */
	synchronized Optional<Long> pass(ChangeId change) {
		Instant now = this.clock.instant();
		@Nullable Last last = this.reports.get(change);
		if (last != null && now.isBefore(last.at().plus(this.interval))) {
			this.reports.put(change, new Last(last.at(), last.held() + 1));
			return Optional.empty();
		}
		this.reports.put(change, new Last(now, 0));
		return Optional.of((last != null) ? last.held() : 0L);
	}

	private record Last(Instant at, long held) {

	}

}
