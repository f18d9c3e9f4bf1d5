package dev.concertina.story;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.concertina.change.ChangeId;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.Throttle;

/**
 * Lets as many batches of one change pass as somebody says, and says nothing itself.
 */
final class Turnstile implements Throttle {

	private final ChangeId change;

	private final Semaphore passes = new Semaphore(0);

	Turnstile(ChangeId change) {
		this.change = change;
	}

	void pass(int batches) {
		this.passes.release(batches);
	}

	void open() {
		pass(1_000_000);
	}

	@Override
	public Pace pace(ChangeId asking) {
		try {
			if (asking.equals(this.change) && !this.passes.tryAcquire(5, TimeUnit.MINUTES)) {
				throw new IllegalStateException("Nobody has opened the turnstile");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return Pace.FULL;
	}

	@Configuration(proxyBeanMethods = false)
	static class OfCustomers {

		@Bean
		Turnstile turnstile() {
			return new Turnstile(Customers.CHANGE);
		}

	}

}
