package dev.concertina.execute;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.CannotCreateTransactionException;

import dev.concertina.backfill.MissingTaskException;
import dev.concertina.change.ChangeId;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.contract.Approvals;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.MigrationListener;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.SqlState;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.throttle.StopSignal;

/**
 * Moves all changes on in the background, each on a thread of its own.
 */
public final class ChangeRunner {

	private static final Logger logger = LoggerFactory.getLogger(ChangeRunner.class);

	private final Database database;

	private final PhaseExecutor executor;

	private final WorkerOptions options;

	private final Duration poll;

	private final MigrationListener listener;

	private final Approvals approvals;

	private final StopSignal stop = new StopSignal();

	private final Semaphore wake = new Semaphore(0);

	private final Set<ChangeId> atWork = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool(ChangeRunner::thread);

	/**
	 * Make a runner.
	 * @param database the database
	 * @param executor what moves a change on
	 * @param approvals the approvals that come with the application
	 * @param options how many workers, and how large their batches are
	 * @param poll how often to look for changes that may go on
	 * @param listener who wants to know of changes that failed
	 */
	public ChangeRunner(Database database, PhaseExecutor executor, Approvals approvals, WorkerOptions options,
			Duration poll, MigrationListener listener) {
		this.database = database;
		this.executor = executor;
		this.options = options;
		this.poll = poll;
		this.listener = listener;
		this.approvals = approvals;
	}

	/**
	 * Start to work in the background.
	 */
	public void start() {
		this.threads.execute(this::watch);
	}

	/**
	 * Look for work at once: somebody has changed a state.
	 */
	public void wake() {
		this.wake.release();
	}

	/**
	 * Stop at the next batch border.
	 * @param grace how long to wait for the batches in hand
	 * @return whether nothing is at work any more
	 */
	public boolean stop(Duration grace) {
		this.stop.stop();
		this.wake.release();
		this.threads.shutdown();
		try {
			if (this.threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
				return true;
			}
			this.threads.shutdownNow();
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Return whether it was stopped; it does not start again.
	 * @return {@code true} once {@link #stop(Duration)} was called
	 */
	public boolean isStopped() {
		return this.threads.isShutdown();
	}

	/**
	 * Move one change on, on this thread, until it waits for somebody or is at its end.
	 * @param id the change
	 */
	public void run(ChangeId id) {
		while (!this.stop.isStopped() && advance(id)) {
			logger.debug("{} - Moved on", id);
		}
	}

	/**
	 * Work in the background keeps no application alive: what it has not committed, the
	 * next start does again.
	 */
	private static Thread thread(Runnable work) {
		Thread thread = new Thread(work, "concertina");
		thread.setDaemon(true);
		return thread;
	}

	private void watch() {
		while (!this.stop.isStopped()) {
			try {
				if (StateStore.isInstalled(this.database.jdbc())) {
					StateStore.jdbc(this.database.jdbc()).all().forEach(this::startIfActive);
				}
			}
			catch (RuntimeException ex) {
				logger.warn("The state of the changes can't be read; looking again in {}: {}", this.poll,
						ex.getMessage());
			}
			awaitWake();
		}
	}

	private void startIfActive(ChangeRecord change) {
		boolean active = switch (change.state().status()) {
			case RUNNING, CONTRACTING, RETIRED, UNRETIRING, ROLLING_BACK -> true;
			case PAUSED, FAILED, COMPLETED, UNRETIRE_FAILED, ROLLBACK_FAILED, ROLLED_BACK -> false;
		};
		if (active && !this.stop.isStopped() && this.atWork.add(change.id())) {
			this.threads.execute(() -> {
				try {
					run(change.id());
				}
				finally {
					this.atWork.remove(change.id());
				}
			});
		}
	}

	private void awaitWake() {
		try {
			if (this.wake.tryAcquire(this.poll.toMillis(), TimeUnit.MILLISECONDS)) {
				this.wake.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean advance(ChangeId id) {
		try {
			StateStore store = StateStore.jdbc(this.database.jdbc());
			this.approvals.record(store, id);
			Optional<ChangeRecord> change = store.find(id);
			return change.isPresent() && advance(change.get());
		}
		catch (RuntimeException ex) {
			logger.warn("{} - The state can't be read; trying again in {}: {}", id, this.poll, ex.getMessage());
			return false;
		}
	}

	private boolean advance(ChangeRecord change) {
		try {
			return this.executor.advance(change, this.options, this.stop);
		}
		catch (StateMovedException ex) {
			return true;
		}
		catch (MissingTaskException ex) {
			this.listener.on(new Held(change.id(), this.poll, String.valueOf(ex.getMessage())));
			return false;
		}
		catch (LockNotGrantedException | StepInProgressException ex) {
			logger.warn("{} - {}; trying again in {}", change.id(), ex.getMessage(), this.poll);
			return false;
		}
		catch (RuntimeException ex) {
			return fail(change, ex);
		}
	}

	private boolean fail(ChangeRecord change, RuntimeException failure) {
		if (this.stop.isStopped()) {
			logger.info("{} - Stopped in {}: {}", change.id(), change.state(), failure.getMessage());
			return false;
		}
		if (mayPass(failure)) {
			logger.warn("{} - Interrupted in {}; trying again in {}: {}", change.id(), change.state(), this.poll,
					failure.getMessage());
			return false;
		}
		State failed = change.state().with(change.state().status().failed());
		String reason = reason(failure);
		if (StateStore.jdbc(this.database.jdbc())
			.transition(change.id(), change.state(), failed, "concertina", reason)) {
			logger.error("{} - {} failed; remove the cause, then resume it", change.id(), change.state(), failure);
			this.listener.on(new StateChanged(change.id(), change.state(), failed, reason));
		}
		return true;
	}

	/**
	 * What wraps a failure of the database says less than the database.
	 */
	private static String reason(RuntimeException failure) {
		return (failure instanceof ConcertinaException ours) ? "%s. %s".formatted(ours.getMessage(), ours.action())
				: String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
	}

	/**
	 * A step that somebody has cancelled is not begun again unless somebody says so.
	 */
	private static boolean mayPass(RuntimeException failure) {
		return failure instanceof CannotCreateTransactionException || SqlState.isOfThePool(failure)
				|| SqlState.of(failure)
					.filter((state) -> state.isConnectionLost() || (state.isTransient() && !state.isCanceled()))
					.isPresent();
	}

}
