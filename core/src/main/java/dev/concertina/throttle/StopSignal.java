package dev.concertina.throttle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells workers to stop at their next batch border, and lets them wait for something else
 * until then.
 */
public final class StopSignal {

	private final CountDownLatch latch = new CountDownLatch(1);

	/**
	 * Ask everybody who looks at this signal to stop.
	 */
	public void stop() {
		this.latch.countDown();
	}

	/**
	 * Return whether to stop.
	 * @return {@code true} once {@link #stop()} was called or the thread was interrupted
	 */
	public boolean isStopped() {
		return this.latch.getCount() == 0 || Thread.currentThread().isInterrupted();
	}

	/**
	 * Wait, but not longer than until the signal.
	 * @param time how long to wait
	 */
	public void pause(Duration time) {
		try {
			boolean stopped = this.latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
			if (stopped) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
