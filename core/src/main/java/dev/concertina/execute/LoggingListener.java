package dev.concertina.execute;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.Progress;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Compared;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.event.MigrationEvent.OldStructureMissed;
import dev.concertina.event.MigrationEvent.PoisonRowFound;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.MigrationListener;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.State;
import dev.concertina.state.Verdict;

/**
 * Tells in the log what a person would tell.
 */
public final class LoggingListener implements MigrationListener {

	private static final Logger logger = LoggerFactory.getLogger(LoggingListener.class);

	/** A wait that is shorter is part of normal work. */
	private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

	private final Map<String, ProgressLog> running = new ConcurrentHashMap<>();

	private final Map<ChangeId, HoldLog> holds = new ConcurrentHashMap<>();

	private final BiFunction<ChangeId, Phase, Progress> progress;

	private final StateSchemaName schema;

	private final Clock clock;

	/**
	 * Log.
	 * @param schema where the state is
	 * @param progress what tells how far a phase of a change is
	 * @param clock the clock
	 */
	public LoggingListener(StateSchemaName schema, BiFunction<ChangeId, Phase, Progress> progress, Clock clock) {
		this.schema = schema;
		this.progress = progress;
		this.clock = clock;
	}

	@Override
	public void on(MigrationEvent event) {
		if (event instanceof StateChanged changed) {
			log(changed);
		}
		else if (event instanceof BatchFinished batch) {
			log(batch);
		}
		else if (event instanceof BatchRetried retried) {
			log(retried);
		}
		else if (event instanceof PoisonRowFound poison) {
			logger.warn("{} - The row of {} with key {} can't be copied and is set aside: {}", poison.change(),
					poison.relation(), poison.key(), poison.problem());
		}
		else if (event instanceof Held held) {
			logger.debug("{} - Waiting for {}: {}", held.change(), held.pause(), held.reason());
			if (held.pause().compareTo(LONG_PAUSE) >= 0 && !held.reason().equals(Held.REST)) {
				this.holds.computeIfAbsent(held.change(), (change) -> new HoldLog(logger, change, this.clock))
					.held(held);
			}
		}
		else if (event instanceof LockTimedOut timedOut) {
			logger.warn("{} - Got no lock in attempt {}, held by {}; everything was released, trying again",
					timedOut.change(), timedOut.attempt(), timedOut.blockers());
		}
		else if (event instanceof OldStructureMissed missed) {
			logger.warn("{} - A statement misses the old structure, which is out of sight: {}", missed.change(),
					missed.problem());
		}
		else if (event instanceof Compared compared) {
			log(compared.change(), compared.verdict());
		}
	}

	private void log(StateChanged event) {
		this.running.remove(what(event.change(), event.from().phase()));
		this.holds.remove(event.change());
		String reason = (event.reason() != null) ? ": " + event.reason() : "";
		logger.info("{} - {} after {}{}", event.change(), event.to(), event.from(), reason);
		if (event.to().equals(State.running(Phase.CONTRACT))) {
			logger.info("{} - Waiting until nothing objects to dropping the old structure", event.change());
		}
	}

	private void log(BatchFinished event) {
		this.holds.computeIfPresent(event.change(), (change, hold) -> hold.hasEndedBefore(event) ? null : hold);
		logger.debug("{} - {} of {} rows, {} units of {}, took {}", event.change(), event.phase(), event.rows(),
				event.units(), event.relation(), event.duration());
		this.running
			.computeIfAbsent(what(event.change(), event.phase()),
					(what) -> new ProgressLog(logger, what, () -> this.progress.apply(event.change(), event.phase()),
							this.clock))
			.look();
	}

	private static String what(ChangeId change, Phase phase) {
		return "%s - %s".formatted(change, phase);
	}

	private static void log(BatchRetried event) {
		if (event.pause().compareTo(LONG_PAUSE) < 0) {
			logger.debug("{} - A batch was rolled back, trying again in {}: {}", event.change(), event.pause(),
					event.problem());
			return;
		}
		logger.warn("{} - {} does not move, its batches are rolled back; trying again in {}: {}", event.change(),
				event.phase(), event.pause(), event.problem());
	}

	private void log(ChangeId change, Verdict verdict) {
		if (verdict.holds()) {
			logger.info("{} - All {} rows are equal in both structures", change, verdict.rows());
			return;
		}
		logger.error("{} - {} of {} rows are not equal; correct those listed in {}, then resume it", change,
				verdict.mismatches(), verdict.rows(), this.schema.table("mismatch"));
	}

}
