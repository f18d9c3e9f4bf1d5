package dev.concertina.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How long each approach to a workload takes when nothing else is going on, how much WAL
 * it writes, and how much the table grows.
 */
final class TimeMeasurement {

	private static final String WAL = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn";

	private static final String HEAP = "SELECT pg_relation_size('line')";

	private static final int WARM_UP_ROWS = 200_000;

	private final Workload workload;

	private final BenchmarkServer server;

	private final BenchmarkOptions options;

	private final Approach oneShot;

	private final Approach oneWorker;

	private final Approach twoWorkers;

	private final Map<Approach, List<Run>> runs = new LinkedHashMap<>();

	TimeMeasurement(Workload workload, BenchmarkServer server, BenchmarkOptions options) {
		this.workload = workload;
		this.server = server;
		this.options = options;
		this.oneShot = new OneShot(workload);
		this.oneWorker = new EngineBackfill(workload, 1);
		this.twoWorkers = new EngineBackfill(workload, 2);
		approaches().forEach((approach) -> this.runs.put(approach, new ArrayList<>()));
	}

	private List<Approach> approaches() {
		List<Approach> approaches = new ArrayList<>(List.of(this.oneShot, this.oneWorker, this.twoWorkers));
		if (comparesEverything()) {
			approaches.add(new PgrollSequence(this.workload));
			approaches.add(springBatch(SpringBatchReader.CURSOR));
		}
		approaches.add(springBatch(SpringBatchReader.PAGING));
		if (this.workload == Workload.BIGINT_KEY) {
			approaches.add(new PlainBatches(this.workload, 6, false));
			approaches.add(new PlainBatches(this.workload, 6, true));
		}
		else if (this.workload == Workload.JAVA_TASK) {
			approaches.add(new LockedOneShot(this.workload));
		}
		return approaches;
	}

	private List<Approach> approaches(int round) {
		return this.runs.keySet()
			.stream()
			.filter((approach) -> round <= this.options.peerRounds() || !isPeer(approach))
			.toList();
	}

	private static boolean isPeer(Approach approach) {
		return approach instanceof PgrollSequence || approach instanceof SpringBatchJob;
	}

	private boolean comparesEverything() {
		return this.workload == Workload.BIGINT_KEY || this.workload == Workload.UUID_KEY;
	}

	private Approach springBatch(SpringBatchReader reader) {
		return new SpringBatchJob(this.workload, reader);
	}

	List<Target> run(Report report) {
		String small = this.server.seed(this.workload, WARM_UP_ROWS);
		this.runs.keySet().forEach((approach) -> run(small, approach));
		int rows = this.workload.rows(this.options);
		String seed = this.server.seed(this.workload, rows);
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (Approach approach : approaches(round)) {
				Run run = run(seed, approach);
				report.progress(
						"%s, round %d: %s %.2f s".formatted(this.workload, round, approach.title(), run.seconds()));
				this.runs.computeIfAbsent(approach, (key) -> new ArrayList<>()).add(run);
			}
		}
		report.section("Time: " + this.workload.title(),
				("%,d rows, without other load. The seconds of Concertina are those from the planning of the "
						+ "chunks to the commit of the last batch, with its triggers in place; of the others, those of the "
						+ "statement or the job. Each approach has run once before, on %,d rows, so that the JVM is warm. Ratios are "
						+ "to the one-shot statement of the same round.")
					.formatted(rows, WARM_UP_ROWS));
		report.table(List.of("approach", "s", "ratio", "WAL MB", "ratio", "`line` grows to"), rows());
		report.chart(this.workload.name().toLowerCase(Locale.ROOT).replace('_', '-'),
				new Chart("Seconds: " + this.workload.title().replace("`", ""),
						this.runs.keySet()
							.stream()
							.map((approach) -> new Chart.Bar(approach.title(), median(approach, Run::seconds)))
							.toList()));
		limit().ifPresent(report::text);
		if (comparesEverything()) {
			profile(seed, report);
		}
		return targets();
	}

	/**
	 * Returns what PostgreSQL alone needs, which no figure can be below.
	 */
	private Optional<String> limit() {
		Approach bare = new PlainBatches(this.workload, 6, false);
		Approach triggered = new PlainBatches(this.workload, 6, true);
		Approach locked = new LockedOneShot(this.workload);
		return switch (this.workload) {
			case BIGINT_KEY -> Optional
				.of(("What the limit is: the UPDATEs of our batches, sent one after the other by one session, take %.2f × the time of the one-shot "
						+ "statement and write %.2f × its WAL. With one trigger `BEFORE UPDATE` that never fires they take %.2f × and write %.2f ×: "
						+ "PostgreSQL locks each row, and logs that, before it asks whether such a trigger fires, and without triggers the old version's writes would be lost. What one worker of Concertina takes beyond that is spent around its batches.")
					.formatted(ratio(bare, this.oneShot, Run::seconds), ratio(bare, this.oneShot, Run::wal),
							ratio(triggered, this.oneShot, Run::seconds), ratio(triggered, this.oneShot, Run::wal)));
			case JAVA_TASK -> Optional
				.of(("What the limit is: PostgreSQL takes %.2f s to lock the rows, to send them and to write them, when nothing is computed in Java. "
						+ "Shared evenly by two sessions on processors of their own, that were %.1f × as fast as Spring Batch. One worker takes %.2f s, of which the rest is Java: "
						+ "of the driver, the task and the engine. Two cores that share all of it evenly are %.1f × as fast as Spring Batch.")
					.formatted(median(locked, Run::seconds),
							2 * ratio(springBatch(SpringBatchReader.PAGING), locked, Run::seconds),
							median(this.oneWorker, Run::seconds),
							2 * ratio(springBatch(SpringBatchReader.PAGING), this.oneWorker, Run::seconds)));
			case UUID_KEY, JSON_ARRAY -> Optional.empty();
		};
	}

	/**
	 * Shows where the time and the WAL of one more run with one worker go.
	 */
	private void profile(String seed, Report report) {
		try (Copy copy = this.server.copy(seed)) {
			Approach.Filling filling = this.oneWorker.prepare(copy);
			Profile.Profiled<Span> run = this.server.profile(filling::run);
			describe(run.profile(), run.result().seconds(), report);
			double least = run.profile().seconds() / 2;
			report
				.text(("Two sessions that share these UPDATEs evenly can't take less than %.2f s. Spring Batch took %.1f × that with the paging reader, "
						+ "and %.1f × with the cursor reader: no engine whose batches are kept in step by triggers gets further ahead on two cores.")
					.formatted(least, median(springBatch(SpringBatchReader.PAGING), Run::seconds) / least,
							median(springBatch(SpringBatchReader.CURSOR), Run::seconds) / least));
		}
	}

	private static void describe(Profile profile, double seconds, Report report) {
		report
			.text(("Profile of one more run with one worker: of its %.2f s the server was %.2f s at the %,d UPDATEs. What is around them - to claim, "
					+ "to note the position, to commit, and the ways between engine and server - took %.1f ms each. The WAL of that run, by its records:")
				.formatted(seconds, profile.seconds(), profile.updates(),
						(seconds - profile.seconds()) / profile.updates() * 1000));
		report.table(List.of("record", "count", "MB", "MB of whole pages in them"),
				profile.records().stream().map(Profile.WalRecords::cells).toList());
	}

	private List<Target> targets() {
		Approach paging = springBatch(SpringBatchReader.PAGING);
		return switch (this.workload) {
			case BIGINT_KEY -> List.of(seconds("one worker to one-shot", 0.95, this.oneWorker),
					growth("one worker", 1.3, this.oneWorker),
					seconds("two workers to one-shot", 0.55, this.twoWorkers),
					growth("two workers", 1.45, this.twoWorkers), wal("one worker", this.oneWorker),
					wal("two workers", this.twoWorkers), slower("Spring Batch, paging", 6, paging),
					slower("Spring Batch, cursor", 6, springBatch(SpringBatchReader.CURSOR)),
					slower("statements of pgroll", 3, new PgrollSequence(this.workload)));
			case UUID_KEY -> List.of(seconds("one worker to one-shot", 0.52, this.oneWorker),
					growth("one worker", 1.35, this.oneWorker),
					seconds("two workers to one-shot", 0.33, this.twoWorkers),
					growth("two workers", 1.35, this.twoWorkers), wal("one worker", this.oneWorker),
					wal("two workers", this.twoWorkers), slower("Spring Batch, paging", 8, paging),
					slower("Spring Batch, cursor", 8, springBatch(SpringBatchReader.CURSOR)),
					slower("statements of pgroll", 3, new PgrollSequence(this.workload)));
			case JSON_ARRAY ->
				List.of(seconds("two workers to one-shot", 0.8, this.twoWorkers), slower("Spring Batch", 4, paging));
			case JAVA_TASK -> List.of(slower("Spring Batch", 4, paging));
		};
	}

	private Target seconds(String what, double limit, Approach approach) {
		return Target.atMost(named(what), limit, ratio(approach, this.oneShot, Run::seconds), " ×");
	}

	private Target growth(String what, double limit, Approach approach) {
		return Target.atMost(named("%s, `line` grows to".formatted(what)), limit, median(approach, Run::growth), " ×");
	}

	private Target wal(String what, Approach approach) {
		return Target.atMost(named("%s, WAL to one-shot".formatted(what)), 0.7, ratio(approach, this.oneShot, Run::wal),
				" ×");
	}

	private Target slower(String what, double limit, Approach approach) {
		return Target.atLeast(named("%s to two workers".formatted(what)), limit,
				ratio(approach, this.twoWorkers, Run::seconds), " ×");
	}

	private String named(String what) {
		return "%s: %s".formatted(this.workload.title(), what);
	}

	private Run run(String seed, Approach approach) {
		try (Copy copy = this.server.copy(seed)) {
			Approach.Filling filling = approach.prepare(copy);
			long wal = copy.figure(WAL);
			long heap = copy.figure(HEAP);
			Span span = filling.run();
			Run run = new Run(span.seconds(), copy.figure(WAL) - wal, (double) copy.figure(HEAP) / heap);
			long wrong = copy.figure(this.workload.wrong());
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
					"%.2f".formatted(ratio(approach, this.oneShot, Run::seconds)),
					"%.0f".formatted(median(approach, Run::wal) / 1e6),
					"%.2f".formatted(ratio(approach, this.oneShot, Run::wal)),
					"%.2f ×".formatted(median(approach, Run::growth))))
			.toList();
	}

	private double median(Approach approach, ToDoubleFunction<Run> figure) {
		return Median.of(of(approach).stream().mapToDouble(figure).boxed().toList());
	}

	private double ratio(Approach approach, Approach other, ToDoubleFunction<Run> figure) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < Math.min(of(approach).size(), of(other).size()); round++) {
			ratios.add(figure.applyAsDouble(of(approach).get(round)) / figure.applyAsDouble(of(other).get(round)));
		}
		return Median.of(ratios);
	}

	private List<Run> of(Approach approach) {
		return this.runs.getOrDefault(approach, List.of());
	}

	private record Run(double seconds, double wal, double growth) {

	}

}
