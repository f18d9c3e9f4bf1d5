package dev.concertina.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.concertina.testing.StandaloneServer;
import dev.concertina.testing.TestDatabase;

/**
 * Runs changes until the time is over, prints what they have gone through, and ends with
 * status 1 if a row differs from what its writer knows of it.
 */
public final class Soak {

	private Soak() {
	}

	/**
	 * Run.
	 * @param args the minutes, the number of instances, and a seed for what is random, 0
	 * for any
	 */
	public static void main(String[] args) {
		long end = System.nanoTime() + Duration.ofMinutes(Integer.parseInt(args[0])).toNanos();
		int instances = Integer.parseInt(args[1]);
		long seed = Long.parseLong(args[2]);
		Random random = (seed == 0) ? new Random() : new Random(seed);
		List<Subject> subjects = List.of(Subject.values());
		Map<Fault, Integer> faults = new TreeMap<>();
		long statements = 0;
		long differences = 0;
		int changes = 0;
		try (StandaloneServer server = StandaloneServer.create()) {
			do {
				Subject subject = subjects.get(changes % subjects.size());
				try (TestDatabase database = TestDatabase.create(server);
						Round round = new Round(subject, server, database, instances, random.nextLong())) {
					Report report = round.run();
					System.out.println(report);
					report.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
					statements += report.statements();
					differences += report.differences().size();
					changes++;
				}
			}
			while (System.nanoTime() < end && differences == 0);
		}
		System.out.printf("%d changes, %d statements of writers, faults survived: %s, differences: %d%n", changes,
				statements, faults, differences);
		System.exit((differences == 0) ? 0 : 1);
	}

}
