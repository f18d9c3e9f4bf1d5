package dev.concertina.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much of a small heap the engine needs, for tables of different sizes.
 */
final class HeapMeasurement {

	private static final String LIMIT = "-Xmx64m";

	private static final double MEGABYTE = 1024 * 1024;

	private final BenchmarkServer server;

	private final BenchmarkOptions options;

	HeapMeasurement(BenchmarkServer server, BenchmarkOptions options) {
		this.server = server;
		this.options = options;
	}

	List<Target> run(Report report) {
		List<List<String>> rows = new ArrayList<>();
		List<Double> heaps = new ArrayList<>();
		for (int count : this.options.heapRows()) {
			double heap = largestHeap(this.server.seed(Workload.BIGINT_KEY, count)) / MEGABYTE;
			report.progress("%,d rows: %.1f MB".formatted(count, heap));
			heaps.add(heap);
			rows.add(List.of("%,d".formatted(count), "%.1f".formatted(heap)));
		}
		report.section("Heap",
				("A whole change with two workers in a JVM of its own with %s, drivers and pool included. The garbage "
						+ "is collected ten times a second; the figure is the most that was left.")
					.formatted(LIMIT));
		report.table(List.of("rows", "largest heap MB"), rows);
		double growth = heaps.get(heaps.size() - 1) / heaps.get(0);
		return List.of(Target.atMost("heap, most rows to fewest", 1.2, growth, " ×"),
				Target.atMost("largest heap", 32, Collections.max(heaps), " MB"));
	}

	private long largestHeap(String seed) {
		try (Copy copy = this.server.copy(seed)) {
			Process process = new ProcessBuilder(
					System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", LIMIT,
					"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), HeapRun.class.getName(),
					copy.access().url(), copy.access().user())
				.redirectError(Redirect.INHERIT)
				.start();
			try (BufferedReader output = process.inputReader()) {
				return output.lines()
					.filter((line) -> line.startsWith(HeapRun.RESULT))
					.mapToLong((line) -> Long.parseLong(line.substring(HeapRun.RESULT.length())))
					.findFirst()
					.orElseThrow(() -> new IllegalStateException("The child JVM failed on " + seed));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
