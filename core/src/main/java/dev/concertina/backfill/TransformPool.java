package dev.concertina.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

import dev.concertina.failure.ConcertinaException;

/**
 * The threads that transform rows, shared by the batches of an instance. Those that have
 * nothing to do end by themselves.
 */
final class TransformPool {

	private static final Duration KEPT_ALIVE = Duration.ofSeconds(10);

	private final ExecutorService threads;

	private final int size;

	private final Duration timeout;

	TransformPool(TaskOptions options) {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(options.threads(), options.threads(), KEPT_ALIVE.toMillis(),
				TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), TransformPool::thread);
		pool.allowCoreThreadTimeOut(true);
		this.threads = pool;
		this.size = options.threads();
		this.timeout = options.timeout();
	}

	private static Thread thread(Runnable work) {
		Thread thread = new Thread(work, "concertina-transform");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Do all calls of a batch: each thread takes the next one until none is left, as a
	 * hand-over for each row would cost more than most transformations. What is not done
	 * in time is interrupted.
	 * @return the results in any order
	 * @throws QueryTimeoutException if they took too long: fewer of them may not
	 */
	<R> List<R> all(String task, List<Callable<R>> calls) {
		AtomicInteger next = new AtomicInteger();
		try {
			List<R> results = new ArrayList<>();
			for (Future<List<R>> done : this.threads.invokeAll(
					Collections.nCopies(Math.min(this.size, calls.size()), takeTurns(calls, next)),
					this.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				if (done.isCancelled()) {
					throw new QueryTimeoutException(
							"Task '%s' has not transformed %d rows in %s".formatted(task, calls.size(), this.timeout));
				}
				results.addAll(done.get());
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TransientDataAccessResourceException("Task '%s' was interrupted".formatted(task));
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new ConcertinaException("Task '%s' has ended with %s".formatted(task, ex.getCause()),
					"Remove the cause, then resume the change.", ex);
		}
		finally {
			next.set(calls.size());
		}
	}

	private static <R> Callable<List<R>> takeTurns(List<Callable<R>> calls, AtomicInteger next) {
		return () -> {
			List<R> results = new ArrayList<>();
			for (int turn = next.getAndIncrement(); turn < calls.size(); turn = next.getAndIncrement()) {
				results.add(calls.get(turn).call());
			}
			return results;
		};
	}

}
