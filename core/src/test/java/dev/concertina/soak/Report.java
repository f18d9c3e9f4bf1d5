package dev.concertina.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one change has gone through.
 *
 * @param subject what was changed
 * @param duration from the first instance to the last comparison
 * @param statements how many statements of writers succeeded
 * @param refused how many failed, each of them because of a fault
 * @param faults what was done to it, and how often
 * @param differences the rows that are not what their writer knows, or not equal in both
 * structures
 */
record Report(Subject subject, Duration duration, long statements, long refused, Map<Fault, Integer> faults,
		List<String> differences) {

	private static final int SHOWN = 20;

	Report {
		faults = Map.copyOf(faults);
		differences = List.copyOf(differences);
	}

	@Override
	public String toString() {
		String shown = this.differences.stream()
			.limit(SHOWN)
			.map((difference) -> System.lineSeparator() + "  " + difference)
			.collect(Collectors.joining());
		return "%s in %d s: %d statements, %d failed by faults, faults %s, differences: %d%s".formatted(this.subject,
				this.duration.toSeconds(), this.statements, this.refused, this.faults, this.differences.size(), shown);
	}

}
