package dev.concertina.execute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

import dev.concertina.chunk.Progress;
import dev.concertina.chunk.Speed;

/**
 * Tells how far one phase of one change is: at each tenth, and every half a minute.
 */
final class ProgressLog {

	private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

	private static final Duration TELL_AGAIN = Duration.ofSeconds(30);

	private final ReentrantLock oneAtATime = new ReentrantLock();

	private final Logger logger;

	private final String what;

	private final Supplier<Progress> source;

	private final Clock clock;

	private Instant looked = Instant.MIN;

	private @Nullable Told told;

	ProgressLog(Logger logger, String what, Supplier<Progress> source, Clock clock) {
		this.logger = logger;
		this.what = what;
		this.source = source;
		this.clock = clock;
	}

	/**
	 * Look, unless somebody has looked lately. Of several workers one looks, and the
	 * others go on.
	 */
	void look() {
		if (this.oneAtATime.tryLock()) {
			try {
				Instant now = this.clock.instant();
				if (Duration.between(this.looked, now).compareTo(LOOK_AGAIN) >= 0) {
					this.looked = now;
					tellIfNew(new Told(now, this.source.get()));
				}
			}
			finally {
				this.oneAtATime.unlock();
			}
		}
	}

	private void tellIfNew(Told now) {
		Told last = this.told;
		if (last == null) {
			this.told = now;
		}
		else if (now.tenths() > last.tenths() || now.since(last).compareTo(TELL_AGAIN) >= 0) {
			this.told = now;
			tell(now.progress(), Speed.between(last.progress(), now.progress(), now.since(last)));
		}
	}

	private void tell(Progress progress, Speed speed) {
		this.logger.info("{} {} %: {} rows, {} rows/s, {}", this.what, (int) (progress.fraction() * 100),
				progress.rows(), Math.round(speed.rowsPerSecond()),
				speed.left(progress).map((left) -> "about %d s left".formatted(left.toSeconds())).orElse("it stands"));
	}

	private record Told(Instant at, Progress progress) {

		int tenths() {
			return (int) (this.progress.fraction() * 10);
		}

		Duration since(Told other) {
			return Duration.between(other.at, this.at);
		}

	}

}
