package dev.concertina.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long each approach takes when nothing else is going on.
 */
final class TimeMeasurement {

	private static final String WAL = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn";

	private static final String HEAP = "SELECT pg_relation_size('line')";

	private static final int WARM_UP_ROWS = 200_000;

	private final BenchmarkServer server;

	private final BenchmarkOptions options;

	private final Approach oneShot = new OneShotUpdate();

	private final Approach oneWorker = new EngineBackfill(1);

	private final Approach twoWorkers = new EngineBackfill(2);

	private final Approach springBatch = new SpringBatchJob();

	private final Map<Approach, List<Run>> runs = new LinkedHashMap<>();

	TimeMeasurement(BenchmarkServer server, BenchmarkOptions options) {
		this.server = server;
		this.options = options;
		List.of(this.oneShot, this.oneWorker, this.twoWorkers, this.springBatch)
			.forEach((approach) -> this.runs.put(approach, new ArrayList<>()));
	}

	List<Target> run(Report report) {
		String small = this.server.seed(WARM_UP_ROWS);
		this.runs.keySet().forEach((approach) -> run(small, approach));
		String seed = this.server.seed(this.options.rows());
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (Approach approach : this.runs.keySet()) {
				Run run = run(seed, approach);
				report.progress("round %d: %s %.2f s".formatted(round, approach.title(), run.seconds()));
				this.runs.get(approach).add(run);
			}
		}
		report.section("Time", ("Without other load. The seconds of Concertina are those from the planning of the "
				+ "chunks to the commit of the last batch, with its triggers in place; of the others, those of the "
				+ "statement or the job. Each approach has run once before, on %,d rows, so that the JVM is warm. Ratios are "
				+ "to the one-shot statement of the same round.")
			.formatted(WARM_UP_ROWS));
		report.table(List.of("approach", "s", "ratio", "WAL MB", "table grows to"), rows());
		return List.of(Target.atMost("one worker to one-shot", 1.1, ratio(this.oneWorker, this.oneShot), " ×"),
				Target.atMost("two workers to one-shot", 0.65, ratio(this.twoWorkers, this.oneShot), " ×"),
				Target.atLeast("Spring Batch to two workers", 4, ratio(this.springBatch, this.twoWorkers), " ×"));
	}

	private Run run(String seed, Approach approach) {
		try (Copy copy = this.server.copy(seed)) {
			Approach.Filling filling = approach.prepare(copy);
			long wal = copy.figure(WAL);
			long heap = copy.figure(HEAP);
			Span span = filling.run();
			Run run = new Run(span.seconds(), copy.figure(WAL) - wal, (double) copy.figure(HEAP) / heap);
			long wrong = copy.figure(Lines.WRONG);
			if (wrong > 0) {
				throw new IllegalStateException("%s left %d rows wrong".formatted(approach.title(), wrong));
			}
			return run;
		}
	}

	private List<List<String>> rows() {
		return this.runs.keySet()
			.stream()
			.map((approach) -> List.of(approach.title(), "%.2f".formatted(median(approach, Run::seconds)),
					"%.2f".formatted(ratio(approach, this.oneShot)),
					"%.0f".formatted(median(approach, (run) -> run.wal() / 1e6)),
					"%.2f ×".formatted(median(approach, Run::growth))))
			.toList();
	}

	private double median(Approach approach, ToDoubleFunction<Run> figure) {
		return Median.of(of(approach).stream().mapToDouble(figure).boxed().toList());
	}

	private double ratio(Approach approach, Approach other) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < this.options.rounds(); round++) {
			ratios.add(of(approach).get(round).seconds() / of(other).get(round).seconds());
		}
		return Median.of(ratios);
	}

	private List<Run> of(Approach approach) {
		return this.runs.getOrDefault(approach, List.of());
	}

	private record Run(double seconds, long wal, double growth) {

	}

}
