package dev.concertina.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;

import dev.concertina.testing.DatabaseAccess;

/**
 * A JVM that does nothing but run a change, and collects its garbage ten times a second
 * to see what is left.
 */
final class HeapRun {

	static final String RESULT = "largest heap ";

	private static final long INTERVAL = 100_000_000;

	private volatile boolean over;

	private HeapRun() {
	}

	public static void main(String[] args) throws Exception {
		DatabaseAccess access = new DatabaseAccess(args[0], args[1], "");
		HeapRun run = new HeapRun();
		ExecutorService thread = Executors.newSingleThreadExecutor();
		var largest = thread.submit(run::largestHeap);
		try (HikariDataSource dataSource = access.pool("heap")) {
			new Engine(Workload.BIGINT_KEY, dataSource, 2).wholeChange();
		}
		run.over = true;
		System.out.println(RESULT + largest.get());
		System.exit(0);
	}

	private long largestHeap() {
		List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.toList();
		long largest = 0;
		while (!this.over) {
			ManagementFactory.getMemoryMXBean().gc();
			// not what is used now, which has new garbage among it already
			largest = Math.max(largest, heap.stream().mapToLong((pool) -> pool.getCollectionUsage().getUsed()).sum());
			LockSupport.parkNanos(INTERVAL);
		}
		return largest;
	}

}
