package dev.concertina.throttle;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

import dev.concertina.schema.TableName;

/**
 * Reads a signal now and then, and repeats what it said in between.
 *
 * <p>
 * Of several workers one reads, holding no other connection than that of the reading, and
 * the others go by what was said last; only at the first time they wait for it.
 */
final class SampledSignal {

	private static final Logger logger = LoggerFactory.getLogger(SampledSignal.class);

	private final Signal signal;

	private final Supplier<Set<TableName>> tables;

	private final Duration interval;

	private final ReentrantLock oneAtATime = new ReentrantLock();

	private volatile @Nullable Sample last;

	private String told = "";

	SampledSignal(Signal signal, Supplier<Set<TableName>> tables, Duration interval) {
		this.signal = signal;
		this.tables = tables;
		this.interval = interval;
	}

	String name() {
		return this.signal.name();
	}

	/**
	 * Return what the signal says, after reading it if that was long ago.
	 */
	Advice advice() {
		Sample known = this.last;
		if (known == null) {
			this.oneAtATime.lock();
		}
		else if (known.isYoungerThan(this.interval) || !this.oneAtATime.tryLock()) {
			return known.advice();
		}
		try {
			Sample sample = this.last;
			if (sample == null || !sample.isYoungerThan(this.interval)) {
				Advice advice = read();
				sample = new Sample(advice, System.nanoTime());
				this.last = sample;
			}
			return sample.advice();
		}
		finally {
			this.oneAtATime.unlock();
		}
	}

	/**
	 * Return what the signal said last, without reading it.
	 */
	Optional<Reading> reading(Duration maxAge) {
		return Optional.ofNullable(this.last)
			.filter((sample) -> sample.isYoungerThan(maxAge))
			.map(Sample::advice)
			.map((advice) -> new Reading(name(), advice.kind(), advice.reason()));
	}

	private Advice read() {
		Advice advice = readSafely();
		if (advice.kind() == Advice.Kind.UNKNOWN && !advice.reason().equals(this.told)) {
			this.told = advice.reason();
			logger.warn("Signal '{}' can't be read, and backfills go on without it: {}", name(), advice.reason());
		}
		return advice;
	}

	private Advice readSafely() {
		try {
			return this.signal.read(this.tables.get());
		}
		catch (RuntimeException ex) {
			return Advice.unknown(String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage()));
		}
	}

	private record Sample(Advice advice, long at) {

		boolean isYoungerThan(Duration age) {
			return System.nanoTime() - this.at < age.toNanos();
		}

	}

}
