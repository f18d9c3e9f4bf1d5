package dev.concertina.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.concertina.ConcertinaOptions;

/**
 * How long the application waits meanwhile.
 */
final class LatencyMeasurement {

	private static final String IDLE = "nothing";

	private static final String WHOLE = "a whole change";

	private static final Duration WARM_UP = Duration.ofSeconds(2);

	private static final double TOLERANCE = 100;

	private final BenchmarkServer server;

	private final BenchmarkOptions options;

	private final Map<String, List<Waits>> runs = new LinkedHashMap<>();

	LatencyMeasurement(BenchmarkServer server, BenchmarkOptions options) {
		this.server = server;
		this.options = options;
	}

	List<Target> run(Report report) {
		Approach oneWorker = new EngineBackfill(Workload.BIGINT_KEY, 1);
		Approach twoWorkers = new EngineBackfill(Workload.BIGINT_KEY, 2);
		for (int round = 1; round <= this.options.rounds(); round++) {
			run(report, IDLE, this::idle);
			for (Approach approach : List.of(new OneShot(Workload.BIGINT_KEY), oneWorker, twoWorkers)) {
				run(report, approach.title(), approach::prepare);
			}
			run(report, WHOLE, this::wholeChange);
		}
		report.section("Latency",
				("What the application waits for its point statements: %d UPDATEs and %d SELECTs a second at fixed "
						+ "times, each measured from the time it was due. The whole change goes from expand to "
						+ "contract with two workers, while reading transactions of 0.8 s stand in the way of whoever "
						+ "asks for a strong lock; its longest wait is that of all rounds.")
					.formatted(Foreground.UPDATES, Foreground.SELECTS));
		report.table(
				List.of("meanwhile", "UPDATE p50 ms", "UPDATE p99 ms", "longest ms", "SELECT p99 ms", "longest ms"),
				this.runs.keySet().stream().map(this::row).toList());
		report.text(
				("Of the p99 of an UPDATE beside two workers, %.1f ms are there when nothing goes on: server, engine and load share two cores, "
						+ "and the two workers alone could fill them.")
					.formatted(median(IDLE, Waits::updateP99)));
		double lockTimeout = ConcertinaOptions.defaults().locks().timeout().toMillis();
		return List.of(
				Target.atMost("UPDATE p99, one worker to idle", 2,
						median(oneWorker.title(), Waits::updateP99) / median(IDLE, Waits::updateP99), " ×"),
				Target.below("UPDATE p99, two workers", 10, median(twoWorkers.title(), Waits::updateP99), " ms"),
				Target.below("longest wait during a whole change", lockTimeout + TOLERANCE, longest(WHOLE), " ms"));
	}

	private void run(Report report, String title, Function<Copy, Approach.Filling> preparation) {
		try (Copy copy = this.server.copy(this.server.seed(Workload.BIGINT_KEY, this.options.rows()))) {
			Approach.Filling filling = preparation.apply(copy);
			Waits waits = waits(copy, filling);
			report.progress("%s: %s".formatted(title, waits));
			this.runs.computeIfAbsent(title, (key) -> new ArrayList<>()).add(waits);
		}
	}

	private Waits waits(Copy copy, Approach.Filling filling) {
		Foreground foreground = new Foreground(copy.access(), this.options.rows());
		Span span;
		try (foreground) {
			rest(WARM_UP);
			span = filling.run();
		}
		Latencies updates = foreground.updates().during(span);
		Latencies selects = foreground.selects().during(span);
		return new Waits(updates.percentile(0.5), updates.percentile(0.99), updates.max(), selects.percentile(0.99),
				selects.max());
	}

	private Approach.Filling idle(Copy copy) {
		return () -> Span.of(() -> rest(this.options.idle()));
	}

	private Approach.Filling wholeChange(Copy copy) {
		Engine engine = new Engine(Workload.BIGINT_KEY, copy.dataSource(), 2);
		return () -> {
			try (Reports reports = new Reports(copy.access())) {
				reports.start();
				return Span.of(engine::wholeChange);
			}
		};
	}

	private static void rest(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private List<String> row(String title) {
		double longestUpdate = title.equals(WHOLE) ? longest(title) : median(title, Waits::updateMax);
		return List.of(title, "%.1f".formatted(median(title, Waits::updateP50)),
				"%.1f".formatted(median(title, Waits::updateP99)), "%.0f".formatted(longestUpdate),
				"%.1f".formatted(median(title, Waits::selectP99)), "%.0f".formatted(median(title, Waits::selectMax)));
	}

	private double median(String title, ToDoubleFunction<Waits> figure) {
		return Median.of(of(title).mapToDouble(figure).boxed().toList());
	}

	private double longest(String title) {
		return of(title).mapToDouble((waits) -> Math.max(waits.updateMax(), waits.selectMax()))
			.max()
			.orElse(Double.NaN);
	}

	private Stream<Waits> of(String title) {
		return this.runs.getOrDefault(title, List.of()).stream();
	}

	private record Waits(double updateP50, double updateP99, double updateMax, double selectP99, double selectMax) {

		@Override
		public String toString() {
			return "UPDATE p50 %.1f, p99 %.1f, longest %.0f ms; SELECT p99 %.1f, longest %.0f ms"
				.formatted(this.updateP50, this.updateP99, this.updateMax, this.selectP99, this.selectMax);
		}

	}

}
