package dev.concertina.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.concertina.chunk.Progress;
import dev.concertina.chunk.Speed;
import dev.concertina.state.State;

/**
 * How far a change was at the looks of the last minute, while it was in one state.
 */
final class Trail {

	private static final Duration LENGTH = Duration.ofMinutes(1);

	private static final Duration STEP = Duration.ofSeconds(1);

	private final State state;

	private final Deque<Step> steps = new ArrayDeque<>();

	Trail(State state) {
		this.state = state;
	}

	boolean isOf(State other) {
		return this.state.equals(other);
	}

	Speed add(Instant time, Progress progress) {
		if (this.steps.isEmpty() || !this.steps.getLast().time().plus(STEP).isAfter(time)) {
			this.steps.addLast(new Step(time, progress));
		}
		while (this.steps.size() > 2 && this.steps.getFirst().time().plus(LENGTH).isBefore(time)) {
			this.steps.removeFirst();
		}
		Step first = this.steps.getFirst();
		return Speed.between(first.progress(), progress, Duration.between(first.time(), time));
	}

	private record Step(Instant time, Progress progress) {

	}

}
