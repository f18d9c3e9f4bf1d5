package dev.concertina.watch;

import java.time.Duration;
import java.util.Optional;

import dev.concertina.ChangeStatus;
import dev.concertina.chunk.Progress;
import dev.concertina.chunk.Speed;
import dev.concertina.plan.Phase;

/**
 * A change, and how fast it moves on.
 *
 * @param status where it is
 * @param speed how fast its phase moves on, on all instances together
 */
public record ObservedChange(ChangeStatus status, Speed speed) {

	/**
	 * Return whether it is working in a phase.
	 * @param phase the phase
	 * @return {@code true} if it is neither stopped, nor waiting for another phase
	 */
	public boolean isRunning(Phase phase) {
		return this.status.state().isRunning(phase);
	}

	/**
	 * Return whether it has failed, so that a person must look at it.
	 * @return {@code true} if it waits for somebody to resume it
	 */
	public boolean hasFailed() {
		return this.status.state().status().isFailed();
	}

	/**
	 * Return whether nothing will happen to it any more.
	 * @return {@code true} once the old or the new structure is gone
	 */
	public boolean isFinal() {
		return this.status.state().status().isFinal();
	}

	/**
	 * Return how much of a phase is done.
	 * @param phase one that goes over rows
	 * @return a number from 0 to 1
	 */
	public double fraction(Phase phase) {
		Progress progress = progress(phase);
		boolean unplanned = progress.units() == 0 && this.status.state().phase().compareTo(phase) <= 0;
		return unplanned ? 0 : progress.fraction();
	}

	/**
	 * Return how long a phase still takes.
	 * @param phase one that goes over rows
	 * @return the time, or nothing if it is not at work, or nobody can tell
	 */
	public Optional<Duration> left(Phase phase) {
		Progress progress = progress(phase);
		return (isRunning(phase) && progress.units() > 0) ? this.speed.left(progress) : Optional.empty();
	}

	/**
	 * Return how far a phase is.
	 * @param phase one that goes over rows
	 * @return the progress as it is counted
	 */
	public Progress progress(Phase phase) {
		return (phase == Phase.BACKFILL) ? this.status.backfill() : this.status.verify();
	}

}
