package dev.concertina.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How the test support waits: it asks again soon, and gives up long after a healthy
 * machine would have answered.
 */
public final class Patience {

	static final Duration LIMIT = Duration.ofSeconds(30);

	private Patience() {
	}

	public static ConditionFactory await() {
		return Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(LIMIT);
	}

}
