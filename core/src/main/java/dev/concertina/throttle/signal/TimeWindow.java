package dev.concertina.throttle.signal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * A time of each day, over midnight if it ends before it begins.
 *
 * @param from when it opens
 * @param to when it closes; if that is the same time, it is open all day
 */
public record TimeWindow(LocalTime from, LocalTime to) {

	/**
	 * Return a window as it is written.
	 * @param written such as {@code 22:00-06:00}
	 * @return the window
	 * @throws InvalidDefinitionException if it is written in another way
	 */
	public static TimeWindow of(String written) {
		String[] times = written.strip().split("\\s*-\\s*", -1);
		try {
			if (times.length == 2) {
				return new TimeWindow(LocalTime.parse(times[0]), LocalTime.parse(times[1]));
			}
		}
		catch (DateTimeParseException ex) {
			throw new InvalidDefinitionException("'%s' is no time window: %s".formatted(written, ex.getMessage()),
					"Write two times of 24 hours, such as 22:00-06:00.");
		}
		throw new InvalidDefinitionException("'%s' is no time window".formatted(written),
				"Write two times of 24 hours, such as 22:00-06:00.");
	}

	/**
	 * Return when the window of a day opens. A time that the clock skips in spring is
	 * taken as long after the skip as it lies in it; of one that there is twice in
	 * autumn, the first is taken. So is the time when it closes, and the window has no
	 * hole.
	 */
	Instant opens(LocalDate day, ZoneId zone) {
		return day.atTime(this.from).atZone(zone).toInstant();
	}

	/**
	 * Return when the window that opens on a day closes.
	 */
	Instant closes(LocalDate day, ZoneId zone) {
		LocalDate last = this.to.isAfter(this.from) ? day : day.plusDays(1);
		return last.atTime(this.to).atZone(zone).toInstant();
	}

	@Override
	public String toString() {
		return "%s-%s".formatted(this.from, this.to);
	}

}
