package dev.concertina.benchmark;

/**
 * A figure to reach.
 *
 * @param what what is measured
 * @param limit the figure to reach, for people
 * @param measured what was measured, for people
 * @param reached whether it was reached
 */
record Target(String what, String limit, String measured, boolean reached) {

	static Target atMost(String what, double limit, double measured, String unit) {
		return new Target(what, "≤ %s%s".formatted(number(limit), unit), "%s%s".formatted(number(measured), unit),
				measured <= limit);
	}

	static Target atLeast(String what, double limit, double measured, String unit) {
		return new Target(what, "≥ %s%s".formatted(number(limit), unit), "%s%s".formatted(number(measured), unit),
				measured >= limit);
	}

	static Target below(String what, double limit, double measured, String unit) {
		return new Target(what, "< %s%s".formatted(number(limit), unit), "%s%s".formatted(number(measured), unit),
				measured < limit);
	}

	private static String number(double value) {
		return ((value >= 100) ? "%.0f" : "%.2f").formatted(value);
	}

}
