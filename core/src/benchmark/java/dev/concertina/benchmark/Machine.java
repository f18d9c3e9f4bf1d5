package dev.concertina.benchmark;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where it was measured.
 */
record Machine(int cores, long memory, String system, String jdk, String postgres) {

	static Machine with(BenchmarkServer server) {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize(),
				"%s %s".formatted(system.getName(), system.getArch()), String.valueOf(Runtime.version()),
				server.version());
	}

	@Override
	public String toString() {
		return "%d cores and %d GB for server, engine and load together; %s, JDK %s, PostgreSQL %s"
			.formatted(this.cores, Math.round(this.memory / Math.pow(1024, 3)), this.system, this.jdk, this.postgres);
	}

}
