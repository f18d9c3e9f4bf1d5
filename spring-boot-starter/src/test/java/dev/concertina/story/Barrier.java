package dev.concertina.story;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.concertina.change.ChangeId;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.Throttle;

/**
 * Lets no batch pass before it is opened.
 */
class Barrier implements Throttle {

	private final CountDownLatch opened = new CountDownLatch(1);

	private final CountDownLatch reached = new CountDownLatch(1);

	void open() {
		this.opened.countDown();
	}

	boolean isReached() {
		return this.reached.getCount() == 0;
	}

	@Override
	public Pace pace(ChangeId change) {
		this.reached.countDown();
		try {
			if (!this.opened.await(1, TimeUnit.MINUTES)) {
				throw new IllegalStateException("Nobody has opened the barrier");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return Pace.FULL;
	}

}
