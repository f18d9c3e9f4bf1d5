package dev.concertina.sample.tour;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import dev.concertina.chunk.Progress;

/**
 * How fast a phase goes, over the last looks at it.
 */
final class Speed {

	private static final int LOOKS = 6;

	private final Deque<Look> looks = new ArrayDeque<>();

	void look(Progress progress, long nanoTime) {
		Look last = this.looks.peekLast();
		if (last != null && last.progress().blocksDone() > progress.blocksDone()) {
			this.looks.clear();
		}
		this.looks.addLast(new Look(progress, nanoTime));
		if (this.looks.size() > LOOKS) {
			this.looks.removeFirst();
		}
	}

	/**
	 * Return how many rows a second were copied or compared.
	 */
	long rowsPerSecond() {
		if (this.looks.size() < 2) {
			return 0;
		}
		return Math.round((last().progress().rows() - first().progress().rows()) / seconds());
	}

	/**
	 * Return when the phase will be done, if that can be told.
	 */
	Optional<Duration> timeLeft() {
		if (this.looks.size() < 2) {
			return Optional.empty();
		}
		double perSecond = (last().progress().fraction() - first().progress().fraction()) / seconds();
		if (perSecond <= 0) {
			return Optional.empty();
		}
		return Optional.of(Duration.ofMillis(Math.round(1000 * (1 - last().progress().fraction()) / perSecond)));
	}

	private double seconds() {
		return (last().nanoTime() - first().nanoTime()) / 1e9;
	}

	private Look first() {
		return this.looks.getFirst();
	}

	private Look last() {
		return this.looks.getLast();
	}

	private record Look(Progress progress, long nanoTime) {

	}

}
