package dev.concertina.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;

/**
 * One backfill shared by instances with pools of their own, with the same number of
 * workers altogether.
 */
final class InstancesMeasurement {

	private static final int WORKERS = 6;

	private static final List<Integer> INSTANCES = List.of(1, 2, 3);

	private final BenchmarkServer server;

	private final BenchmarkOptions options;

	private final Map<Integer, List<Shared>> runs = new LinkedHashMap<>();

	InstancesMeasurement(BenchmarkServer server, BenchmarkOptions options) {
		this.server = server;
		this.options = options;
	}

	List<Target> run(Report report) {
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (int instances : INSTANCES) {
				Shared shared = share(instances);
				report.progress("%d instances: %s".formatted(instances, shared));
				this.runs.computeIfAbsent(instances, (key) -> new ArrayList<>()).add(shared);
			}
		}
		report.section("Instances", "%d workers, on one instance or shared by several.".formatted(WORKERS));
		report.table(List.of("instances", "s", "smallest share of the batches, to an even one"),
				INSTANCES.stream()
					.map((instances) -> List.of(String.valueOf(instances), "%.2f".formatted(seconds(instances)),
							"%.2f".formatted(smallestShare(instances))))
					.toList());
		List<Target> targets = new ArrayList<>();
		for (int instances : List.of(2, 3)) {
			targets.add(Target.atMost("%d instances to one, with the same workers".formatted(instances), 1.05,
					seconds(instances) / seconds(1), " ×"));
			targets
				.add(Target.atLeast("%d instances, smallest share of the batches to an even one".formatted(instances),
						0.5, smallestShare(instances), ""));
		}
		return targets;
	}

	private Shared share(int instances) {
		try (Copy copy = this.server.copy(this.server.seed(Workload.BIGINT_KEY, this.options.rows()))) {
			List<HikariDataSource> pools = IntStream.range(0, instances)
				.mapToObj((number) -> copy.access().pool("instance " + number))
				.toList();
			List<Engine> engines = pools.stream()
				.map((pool) -> new Engine(Workload.BIGINT_KEY, pool, WORKERS / instances))
				.toList();
			engines.forEach(Engine::start);
			ExecutorService threads = Executors.newCachedThreadPool();
			List<Span> spans = engines.stream()
				.map((engine) -> CompletableFuture.supplyAsync(engine::fill, threads))
				.toList()
				.stream()
				.map(CompletableFuture::join)
				.toList();
			threads.shutdown();
			pools.forEach(HikariDataSource::close);
			long from = spans.stream().mapToLong(Span::from).min().orElseThrow();
			long to = spans.stream().mapToLong(Span::to).max().orElseThrow();
			long all = engines.stream().mapToLong(Engine::batches).sum();
			long fewest = engines.stream().mapToLong(Engine::batches).min().orElseThrow();
			return new Shared(new Span(from, to).seconds(), (double) fewest * instances / all);
		}
	}

	private double seconds(int instances) {
		return Median.of(of(instances).stream().map(Shared::seconds).toList());
	}

	private double smallestShare(int instances) {
		return Median.of(of(instances).stream().map(Shared::smallestShare).toList());
	}

	private List<Shared> of(int instances) {
		return this.runs.getOrDefault(instances, List.of());
	}

	private record Shared(double seconds, double smallestShare) {

	}

}
