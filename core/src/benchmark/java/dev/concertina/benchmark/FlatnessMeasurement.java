package dev.concertina.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows a second are copied, for tables of different sizes.
 */
final class FlatnessMeasurement {

	/** Below that the start of a run weighs more than its rows. */
	private static final int ENOUGH = 100_000;

	private static final int LARGEST_OF_PGROLL = 1_000_000;

	private final BenchmarkServer server;

	private final BenchmarkOptions options;

	private final Map<Integer, List<Double>> ours = new LinkedHashMap<>();

	private final Map<Integer, List<Double>> pgroll = new LinkedHashMap<>();

	FlatnessMeasurement(BenchmarkServer server, BenchmarkOptions options) {
		this.server = server;
		this.options = options;
	}

	List<Target> run(Report report) {
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (int rows : this.options.tableSizes()) {
				measure(report, this.ours, new EngineBackfill(Workload.BIGINT_KEY, 2), rows);
				if (rows <= LARGEST_OF_PGROLL && round <= this.options.peerRounds()) {
					measure(report, this.pgroll, new PgrollSequence(Workload.BIGINT_KEY), rows);
				}
			}
		}
		report.section("Rows a second",
				"Two workers, and the statements of pgroll, on tables of different sizes: `bigint` key, one column from an expression.");
		report.table(List.of("rows", "Concertina", "statements of pgroll"),
				this.options.tableSizes()
					.stream()
					.map((rows) -> List.of("%,d".formatted(rows), speed(this.ours, rows), speed(this.pgroll, rows)))
					.toList());
		report.chart("rows-a-second",
				new Chart("Rows a second by rows of the table",
						this.options.tableSizes()
							.stream()
							.map((rows) -> new Chart.Bar("%,d".formatted(rows), Median.of(of(this.ours, rows))))
							.toList()));
		report.text(
				("What the limit is: each run has %.0f ms of its own, whatever its size, by the times of %,d and %,d rows: chunks are planned, "
						+ "sessions begin, and a worker begins with one block and takes half as many more each time.")
					.formatted(1000 * once(), enough().get(0), enough().get(enough().size() - 1)));
		List<Double> large = enough().stream().map((rows) -> Median.of(of(this.ours, rows))).toList();
		return List.of(Target.atMost("rows a second from %,d rows up, fastest to slowest".formatted(ENOUGH), 1.15,
				Collections.max(large) / Collections.min(large), " ×"));
	}

	/**
	 * What is left of the seconds of a small table, as fast as a large one is copied.
	 */
	private double once() {
		int small = enough().get(0);
		int large = enough().get(enough().size() - 1);
		return small / Median.of(of(this.ours, small)) - small / Median.of(of(this.ours, large));
	}

	private List<Integer> enough() {
		return this.options.tableSizes().stream().filter((rows) -> rows >= ENOUGH).toList();
	}

	private void measure(Report report, Map<Integer, List<Double>> speeds, Approach approach, int rows) {
		try (Copy copy = this.server.copy(this.server.seed(Workload.BIGINT_KEY, rows))) {
			double speed = rows / approach.prepare(copy).run().seconds();
			report.progress("%,d rows: %s %,.0f a second".formatted(rows, approach.title(), speed));
			speeds.computeIfAbsent(rows, (key) -> new ArrayList<>()).add(speed);
		}
	}

	private static String speed(Map<Integer, List<Double>> speeds, int rows) {
		return speeds.containsKey(rows) ? "%,.0f".formatted(Median.of(of(speeds, rows))) : "–";
	}

	private static List<Double> of(Map<Integer, List<Double>> speeds, int rows) {
		return speeds.getOrDefault(rows, List.of());
	}

}
