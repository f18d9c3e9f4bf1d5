package dev.concertina.operation;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * The time that one partition holds.
 */
public enum PartitionPeriod {

	/** From midnight to midnight, UTC. */
	DAY("_YYYY_MM_DD"),

	/** From Monday to Sunday, as ISO 8601 counts weeks. */
	WEEK("_IYYY_\"w\"IW"),

	/** From the first to the last day. */
	MONTH("_YYYY_MM"),

	/** From January to December. */
	YEAR("_YYYY");

	/** As long as the longest end of a name. */
	static final String LONGEST_END = "_2000_01_01";

	private final String format;

	PartitionPeriod(String format) {
		this.format = format;
	}

	/**
	 * Return how the end of the name of a partition is made of its first day.
	 */
	String format() {
		return this.format;
	}

	/**
	 * Return the first day of the period that a day is in.
	 */
	String first(String day) {
		LocalDate date = LocalDate.parse(day);
		return switch (this) {
			case DAY -> date.toString();
			case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
			case MONTH -> date.withDayOfMonth(1).toString();
			case YEAR -> date.withDayOfYear(1).toString();
		};
	}

	String unit() {
		return name().toLowerCase(Locale.ROOT);
	}

}
