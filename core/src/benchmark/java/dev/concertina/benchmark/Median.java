package dev.concertina.benchmark;

import java.util.List;

/**
 * The value in the middle, which one run that was disturbed does not move.
 */
final class Median {

	private Median() {
	}

	static double of(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
