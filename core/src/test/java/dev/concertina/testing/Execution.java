package dev.concertina.testing;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.core.ConditionTimeoutException;

/**
 * Work that a session has started: running, waiting for another session, or done.
 */
public final class Execution {

	private final Session session;

	private final String what;

	private final CompletableFuture<Optional<SessionFailure>> result;

	Execution(Session session, String what, CompletableFuture<Optional<SessionFailure>> result) {
		this.session = session;
		this.what = what;
		this.result = result;
	}

	public boolean isDone() {
		return this.result.isDone();
	}

	/**
	 * Whether the server says that this session waits for another one.
	 */
	public boolean isBlocked() {
		return !isDone() && !blockers().isEmpty();
	}

	public boolean isBlockedBy(Session other) {
		return !isDone() && blockers().contains(other.pid());
	}

	public Execution awaitBlockedOrDone() {
		return awaitThat(() -> isDone() || isBlocked());
	}

	public Execution awaitBlockedByOrDone(Session other) {
		return isDoneSoon() ? this : awaitThat(() -> isDone() || isBlockedBy(other));
	}

	/**
	 * Spares the server a question in most cases.
	 */
	boolean isDoneSoon() {
		try {
			this.result.get(3, TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return isDone();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return isDone();
	}

	/**
	 * Waits until the work is done and throws its failure, if it has one.
	 */
	public void await() {
		failure().ifPresent((failure) -> {
			throw failure;
		});
	}

	/**
	 * Waits until the work is done and returns its failure, if it has one.
	 */
	public Optional<SessionFailure> failure() {
		awaitThat(this::isDone);
		return this.result.join();
	}

	@Override
	public String toString() {
		return this.what;
	}

	private Execution awaitThat(Callable<Boolean> condition) {
		try {
			Patience.await().until(condition);
			return this;
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("%s still runs after %d s; it waits for the sessions %s".formatted(this.what,
					Patience.LIMIT.toSeconds(), blockers()), ex);
		}
	}

	private Set<Integer> blockers() {
		return this.session.blockers();
	}

}
