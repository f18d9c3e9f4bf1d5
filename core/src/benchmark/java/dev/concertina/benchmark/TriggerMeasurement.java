package dev.concertina.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the application's own writes cost while both structures are kept in step.
 */
final class TriggerMeasurement {

	private static final int ROWS = 200_000;

	private static final int SINGLE_UPDATES = 5_000;

	/** In the server: the way to it would take longer than a trigger. */
	private static final String SINGLE = """
			DO $$ BEGIN
			  FOR number IN 1..%d LOOP
			    UPDATE line SET order_id = order_id + 1 WHERE id = 1 + number * 7 %% %d;
			  END LOOP;
			END $$""".formatted(SINGLE_UPDATES, ROWS);

	/** So often each is measured on one copy; the median counts. */
	private static final int TIMES = 10;

	private static final int ROWS_OF_A_LARGE_UPDATE = 1000;

	private static final String NONE = "no trigger";

	private static final String COPYING = "Concertina, while it copies";

	private static final String COPIED = "Concertina, once all is copied";

	private static final String PGROLL = "pgroll";

	private final BenchmarkServer server;

	private final BenchmarkOptions options;

	private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

	TriggerMeasurement(BenchmarkServer server, BenchmarkOptions options) {
		this.server = server;
		this.options = options;
	}

	List<Target> run(Report report) {
		for (int round = 0; round <= this.options.rounds(); round++) {
			measure(round, NONE,
					(copy) -> Workload.BIGINT_KEY.expand().forEach((sql) -> copy.jdbc().sql(sql).update()));
			measure(round, COPYING, (copy) -> new Engine(Workload.BIGINT_KEY, copy.dataSource(), 1).start());
			measure(round, COPIED, (copy) -> {
				Engine engine = new Engine(Workload.BIGINT_KEY, copy.dataSource(), 1);
				engine.start();
				engine.fill();
			});
			measure(round, PGROLL, (copy) -> new PgrollSequence(Workload.BIGINT_KEY).prepare(copy));
		}
		report.section("What triggers cost",
				"UPDATEs of another column by one session: of one row by its key, in a loop in the server, and of %d rows. The rows are copied, or were written before."
					.formatted(ROWS_OF_A_LARGE_UPDATE));
		report.table(List.of("triggers", "µs for one row", "µs for each of %d rows".formatted(ROWS_OF_A_LARGE_UPDATE)),
				this.costs.keySet()
					.stream()
					.map((triggers) -> List.of(triggers, "%.2f".formatted(single(triggers)),
							"%.2f".formatted(large(triggers))))
					.toList());
		report
			.text(("What the limit is: while Concertina copies, its trigger has a condition that keeps the batches from calling its function. PostgreSQL compiles it for "
					+ "each statement anew, so it is a matter of one-row statements, and takes %.1f µs: once all is copied, the same function is called without it. During the "
					+ "copy each row of a batch would take longer without it ([ADR 21](adr/0021-decide-in-a-function.md)).")
				.formatted(single(COPYING) - single(COPIED)));
		return Stream.of(COPYING, COPIED)
			.flatMap((triggers) -> Stream.of(
					Target.atMost("one-row UPDATE, %s: extra cost to pgroll's".formatted(triggers), 0.5,
							extra(single(triggers), single(NONE), single(PGROLL)), " ×"),
					Target.atMost("1000-row UPDATE, %s: extra cost to pgroll's".formatted(triggers), 0.5,
							extra(large(triggers), large(NONE), large(PGROLL)), " ×")))
			.toList();
	}

	private static double extra(double ours, double none, double theirs) {
		return Math.max(0, ours - none) / (theirs - none);
	}

	/**
	 * The first round only warms up.
	 */
	private void measure(int round, String triggers, Consumer<Copy> preparation) {
		try (Copy copy = this.server.copy(this.server.seed(Workload.BIGINT_KEY, ROWS))) {
			preparation.accept(copy);
			// rows that are copied are what writers meet for most of the time
			copy.jdbc().sql("UPDATE line SET product = product").update();
			copy.jdbc().sql("VACUUM line").update();
			Cost cost = cost(copy);
			if (round > 0) {
				this.costs.computeIfAbsent(triggers, (key) -> new ArrayList<>()).add(cost);
			}
		}
	}

	private static Cost cost(Copy copy) {
		try (Connection connection = copy.access().connect("writer");
				Statement single = connection.createStatement();
				PreparedStatement large = connection
					.prepareStatement("UPDATE line SET order_id = order_id + 1 WHERE id > ? AND id <= ? + "
							+ ROWS_OF_A_LARGE_UPDATE)) {
			single.execute("SET synchronous_commit = off");
			List<Double> singles = new ArrayList<>();
			List<Double> larges = new ArrayList<>();
			for (int number = 0; number < TIMES; number++) {
				long start = System.nanoTime();
				single.execute(SINGLE);
				singles.add((System.nanoTime() - start) / 1e3 / SINGLE_UPDATES);
				large.setLong(1, (long) number * ROWS_OF_A_LARGE_UPDATE);
				large.setLong(2, (long) number * ROWS_OF_A_LARGE_UPDATE);
				start = System.nanoTime();
				large.executeUpdate();
				larges.add((System.nanoTime() - start) / 1e3 / ROWS_OF_A_LARGE_UPDATE);
			}
			return new Cost(Median.of(singles), Median.of(larges));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The writer failed", ex);
		}
	}

	private double single(String triggers) {
		return Median.of(of(triggers).stream().map(Cost::single).toList());
	}

	private double large(String triggers) {
		return Median.of(of(triggers).stream().map(Cost::large).toList());
	}

	private List<Cost> of(String triggers) {
		return this.costs.getOrDefault(triggers, List.of());
	}

	/**
	 * What a row costs, in microseconds.
	 *
	 * @param single in an UPDATE of its own
	 * @param large in an UPDATE of many
	 */
	private record Cost(double single, double large) {

	}

}
