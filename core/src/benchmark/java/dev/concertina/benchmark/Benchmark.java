package dev.concertina.benchmark;

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
			for (Workload workload : options.workloads()) {
				report.targets(new TimeMeasurement(workload, server, options).run(report));
			}
			report.targets(new FlatnessMeasurement(server, options).run(report));
			report.targets(new InstancesMeasurement(server, options).run(report));
			report.targets(new TriggerMeasurement(server, options).run(report));
			report.targets(new LatencyMeasurement(server, options).run(report));
			report.targets(new HeapMeasurement(server, options).run(report));
		}
		// what an application server would keep running, such as Flyway's, does not hold
		// the program
		System.exit(0);
	}

}
