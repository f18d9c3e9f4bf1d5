package dev.concertina.chunk;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast a phase moves on, on all instances together.
 *
 * @param rowsPerSecond rows copied or compared in a second
 * @param unitsPerSecond blocks or rows gone over in a second
 */
public record Speed(double rowsPerSecond, double unitsPerSecond) {

	/** Nothing was seen yet that moves. */
	public static final Speed NONE = new Speed(0, 0);

	/**
	 * Return the speed between two looks.
	 * @param earlier the progress at the first look
	 * @param later the progress at the second look
	 * @param time the time between them
	 * @return the speed; none if no time has passed, or the phase began anew
	 */
	public static Speed between(Progress earlier, Progress later, Duration time) {
		double seconds = time.toNanos() / 1e9;
		long rows = later.rows() - earlier.rows();
		long units = later.unitsDone() - earlier.unitsDone();
		return (seconds <= 0 || rows < 0 || units < 0) ? NONE : new Speed(rows / seconds, units / seconds);
	}

	/**
	 * Return how long a phase still takes if it goes on like this.
	 * @param progress how far it is
	 * @return the time, or nothing if it does not move
	 */
	public Optional<Duration> left(Progress progress) {
		long units = progress.units() - progress.unitsDone();
		if (units == 0) {
			return Optional.of(Duration.ZERO);
		}
		return (this.unitsPerSecond <= 0) ? Optional.empty()
				: Optional.of(Duration.ofMillis((long) (units / this.unitsPerSecond * 1000)));
	}

}
