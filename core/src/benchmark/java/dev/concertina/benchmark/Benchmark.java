package dev.concertina.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs all measurements one after the other and writes the report.
 */
final class Benchmark {

	private Benchmark() {
	}

	public static void main(String[] args) {
		BenchmarkOptions options = BenchmarkOptions.ofSystemProperties();
		Report report = new Report(options);
		try (BenchmarkServer server = BenchmarkServer.start()) {
			report.machine(Machine.with(server));
			List<Target> targets = new ArrayList<>();
			for (Workload workload : options.workloads()) {
				targets.addAll(new TimeMeasurement(workload, server, options).run(report));
			}
			targets.addAll(new FlatnessMeasurement(server, options).run(report));
			targets.addAll(new InstancesMeasurement(server, options).run(report));
			targets.addAll(new TriggerMeasurement(server, options).run(report));
			targets.addAll(new LatencyMeasurement(server, options).run(report));
			targets.addAll(new HeapMeasurement(server, options).run(report));
			report.targets(targets);
		}
		report.write();
		// what an application server would keep running, such as Flyway's, does not hold
		// the program
		System.exit(0);
	}

}
