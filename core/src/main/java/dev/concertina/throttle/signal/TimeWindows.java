package dev.concertina.throttle.signal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Signal;

/**
 * Holds outside of the hours in which there is little else to do.
 */
public final class TimeWindows implements Signal {

	private final List<TimeWindow> windows;

	private final ZoneId zone;

	private final Clock clock;

	/**
	 * Hold outside of windows.
	 * @param windows when to work
	 * @param zone the zone of their times
	 * @param clock the clock
	 */
	public TimeWindows(List<TimeWindow> windows, ZoneId zone, Clock clock) {
		if (windows.isEmpty()) {
			throw new InvalidDefinitionException("There is no time window, so nothing would ever be copied",
					"Name at least one, such as 22:00-06:00.");
		}
		this.windows = List.copyOf(windows);
		this.zone = zone;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "time window";
	}

	@Override
	public Advice read(Set<TableName> tables) {
		Instant now = this.clock.instant();
		LocalDate today = now.atZone(this.zone).toLocalDate();
		boolean open = this.windows.stream()
			.anyMatch((window) -> isOpen(window, today, now) || isOpen(window, today.minusDays(1), now));
		return open ? Advice.goOn("open") : Advice.hold(nextOpening(today, now));
	}

	private boolean isOpen(TimeWindow window, LocalDate day, Instant now) {
		return !now.isBefore(window.opens(day, this.zone)) && now.isBefore(window.closes(day, this.zone));
	}

	private String nextOpening(LocalDate today, Instant now) {
		return this.windows.stream()
			.flatMap((window) -> Stream.of(today, today.plusDays(1)).map((day) -> window.opens(day, this.zone)))
			.filter((opening) -> opening.isAfter(now))
			.min(Instant::compareTo)
			.map((opening) -> "closed until %s in %s".formatted(opening.atZone(this.zone).toLocalDateTime(), this.zone))
			.orElse("closed");
	}

}
