package dev.concertina.sample.traffic;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.springframework.context.SmartLifecycle;

/**
 * The customers of one version of the shop, each on a thread.
 *
 * <p>
 * A customer sends its requests at fixed times, whether or not the last one was answered
 * at once, and the latency of a request counts from the time at which it was due: one
 * that hangs makes those behind it late as well, and all of that is measured.
 */
public class Customers implements SmartLifecycle {

	private final String version;

	private final int number;

	private final long interval;

	private final ShopFront shop;

	private final CountDownLatch closing = new CountDownLatch(1);

	private final ExecutorService threads;

	private volatile boolean running;

	/**
	 * Invite customers.
	 * @param version the version that serves them
	 * @param number how many there are
	 * @param interval the time from one request of a customer to its next
	 * @param shop what serves them
	 */
	public Customers(String version, int number, Duration interval, ShopFront shop) {
		this.version = version;
		this.number = number;
		this.interval = interval.toNanos();
		this.shop = shop;
		this.threads = Executors.newCachedThreadPool((work) -> new Thread(work, version + "-customer"));
	}

	@Override
	public void start() {
		this.shop.open();
		for (int each = 1; each <= this.number; each++) {
			Customer customer = this.shop.welcome("%s-%d".formatted(this.version, each));
			this.threads.execute(() -> keepAsking(customer));
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.closing.countDown();
		this.threads.shutdown();
		try {
			this.threads.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return when they come: before anybody leads the change.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void keepAsking(Customer customer) {
		long due = System.nanoTime() + ThreadLocalRandom.current().nextLong(this.interval);
		while (isOpenAt(due)) {
			this.shop.serve(customer, due);
			due += this.interval;
		}
	}

	private boolean isOpenAt(long due) {
		try {
			return !this.closing.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
