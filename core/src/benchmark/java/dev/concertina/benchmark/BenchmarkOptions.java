package dev.concertina.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much is measured.
 *
 * @param workloads what is measured for its time
 * @param rows rows of the tables that are copied for time and latency; some workloads
 * take a part of it
 * @param rounds how often each approach runs; medians are reported
 * @param peerRounds in how many of these rounds others are measured, which take longer
 * @param tableSizes rows of the tables whose speed is compared
 * @param heapRows rows of the tables that are copied for the heap
 * @param idle how long the foreground runs alone
 * @param report where the report is written; among the documents only if the run is as
 * large as the figures to reach ask for
 */
record BenchmarkOptions(List<Workload> workloads, int rows, int rounds, int peerRounds, List<Integer> tableSizes,
		List<Integer> heapRows, Duration idle, Path report) {

	static final String COMMAND = "mvn -Pbenchmark -pl core test-compile exec:exec";

	private static final int ROWS = 2_000_000;

	private static final int ROUNDS = 5;

	private static final String TRIAL = "target/benchmarks.md";

	static BenchmarkOptions ofSystemProperties() {
		String wanted = System.getProperty("benchmark.workloads", "");
		List<Workload> workloads = wanted.isEmpty() ? List.of(Workload.values())
				: Stream.of(wanted.split(",")).map(Workload::valueOf).toList();
		if (Boolean.getBoolean("benchmark.quick")) {
			return new BenchmarkOptions(workloads, 200_000, 1, 1, List.of(20_000, 200_000), List.of(20_000, 400_000),
					Duration.ofSeconds(3), Path.of(TRIAL));
		}
		int rows = Integer.getInteger("benchmark.rows", ROWS);
		int rounds = Integer.getInteger("benchmark.rounds", ROUNDS);
		int peerRounds = Math.min(rounds, Integer.getInteger("benchmark.peer-rounds", rounds));
		boolean whole = rows >= ROWS && rounds >= ROUNDS && wanted.isEmpty();
		return new BenchmarkOptions(workloads, rows, rounds, peerRounds,
				List.of(10_000, 100_000, 1_000_000, 10_000_000), List.of(10_000, 10_000_000), Duration.ofSeconds(10),
				whole ? Path.of(System.getProperty("benchmark.report", TRIAL)) : Path.of(TRIAL));
	}

}
