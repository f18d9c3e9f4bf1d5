package dev.concertina.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.concertina.ChangeStatus;
import dev.concertina.chunk.Progress;
import dev.concertina.chunk.Speed;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;

/**
 * Looks at all changes, remembers what it saw, and tells how fast they move on.
 */
public final class ChangeWatch {

	private static final Logger logger = LoggerFactory.getLogger(ChangeWatch.class);

	private static final Duration RECENT = Duration.ofSeconds(5);

	private final Supplier<List<ChangeStatus>> source;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Trail> trails = new HashMap<>();

	private volatile Look last = new Look(Instant.EPOCH, List.of(), true);

	/**
	 * Watch changes.
	 * @param source what reads all changes from the database
	 * @param clock the clock
	 */
	public ChangeWatch(Supplier<List<ChangeStatus>> source, Clock clock) {
		this.source = source;
		this.clock = clock;
	}

	/**
	 * Return all changes as they are now.
	 * @return the changes in the order of their versions
	 */
	public List<ObservedChange> now() {
		this.lock.lock();
		try {
			return look();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return all changes as they were a few seconds ago at most, or when they could be
	 * read last. Never waits for somebody else who looks.
	 * @return the changes in the order of their versions
	 */
	public List<ObservedChange> recent() {
		if (isOld() && this.lock.tryLock()) {
			try {
				return isOld() ? look() : this.last.changes();
			}
			catch (RuntimeException ex) {
				logger.debug("The state of the changes can't be read", ex);
				this.last = new Look(this.clock.instant(), this.last.changes(), false);
			}
			finally {
				this.lock.unlock();
			}
		}
		return this.last.changes();
	}

	/**
	 * Return whether the last look has succeeded.
	 * @return {@code false} if the database could not be read
	 */
	public boolean sees() {
		return this.last.successful();
	}

	private boolean isOld() {
		return !this.clock.instant().isBefore(this.last.at().plus(RECENT));
	}

	private List<ObservedChange> look() {
		List<ObservedChange> changes = new ArrayList<>();
		for (ChangeStatus status : this.source.get()) {
			changes.add(new ObservedChange(status, speed(status)));
		}
		this.last = new Look(this.clock.instant(), List.copyOf(changes), true);
		return this.last.changes();
	}

	private Speed speed(ChangeStatus status) {
		State state = status.state();
		if (!state.isRunning(Phase.BACKFILL) && !state.isRunning(Phase.VERIFY)) {
			this.trails.remove(status.id());
			return Speed.NONE;
		}
		Progress progress = (state.phase() == Phase.BACKFILL) ? status.backfill() : status.verify();
		return this.trails
			.compute(status.id(), (id, trail) -> (trail != null && trail.isOf(state)) ? trail : new Trail(state))
			.add(this.clock.instant(), progress);
	}

	private record Look(Instant at, List<ObservedChange> changes, boolean successful) {

	}

}
