package dev.concertina.dualwrite;

import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

import dev.concertina.ChangeStates;
import dev.concertina.change.ChangeId;

/**
 * Tells what shadow reads have found, and moves reads back if it shall. Nothing of it
 * reaches the reader, nor its transaction.
 */
final class ShadowReports {

	private static final Logger logger = LoggerFactory.getLogger(ShadowReports.class);

	private final ShadowOptions options;

	private final ShadowListener listener;

	private final ApplicationEventPublisher events;

	private final ChangeStates states;

	private final Consumer<ChangeId> holdBack;

	private final Sampler holds;

	private final Sampler mismatches;

	private final Sampler failures;

	ShadowReports(ShadowOptions options, ShadowListener listener, ApplicationEventPublisher events, ChangeStates states,
			Consumer<ChangeId> holdBack, Clock clock) {
		this.options = options;
		this.listener = listener;
		this.events = events;
		this.states = states;
		this.holdBack = holdBack;
		this.holds = new Sampler(options.reportInterval(), clock);
		this.mismatches = new Sampler(options.reportInterval(), clock);
		this.failures = new Sampler(options.reportInterval(), clock);
	}

	/**
	 * Tell what a shadow read has found. What is not told any more is not kept until
	 * then: a transaction may read much.
	 * @param comparison the read
	 * @param later runs what is told
	 */
	void tell(ShadowComparison comparison, Consumer<Runnable> later) {
		ShadowRead read = comparison.read();
		ChangeId change = read.state().change();
		ShadowOutcome outcome = comparison.outcome();
		later.accept(guarded(change, () -> this.listener.on(change, outcome)));
		@Nullable Throwable failure = comparison.failure();
		if (failure != null) {
			this.failures.pass(change)
				.ifPresent((unreported) -> later
					.accept(guarded(change, () -> tellFailure(comparison, failure, unreported))));
		}
		if (outcome == ShadowOutcome.DIFFERED) {
			if (this.options.holdBack() && read.state().readShare() > 0) {
				this.holds.pass(change).ifPresent((others) -> later.accept(guarded(change, () -> holdBack(change))));
			}
			this.mismatches.pass(change)
				.ifPresent((unreported) -> later.accept(guarded(change, () -> tellMismatch(comparison, unreported))));
		}
	}

	private void holdBack(ChangeId change) {
		if (this.states.state(change.value()).readShare() > 0) {
			this.holdBack.accept(change);
			logger.warn("{} - All reads go to the old structure again, as a shadow read differs", change);
		}
	}

	private void tellMismatch(ShadowComparison comparison, long unreported) {
		ShadowRead read = comparison.read();
		ChangeId change = read.state().change();
		logger.warn("{} - The structures differ in {} with {}{}; {} more since the last report", change, read.method(),
				read.key(), values(comparison), unreported);
		this.events.publishEvent(new ShadowMismatch(change, read.method(), read.key(), unreported));
	}

	private String values(ShadowComparison comparison) {
		return this.options.values() ? ": the old one answers %s, the new one %s"
			.formatted(comparison.answerOf(Side.OLD), comparison.answerOf(Side.NEW)) : "";
	}

	/**
	 * What PostgreSQL says of an error may hold values, too.
	 */
	private void tellFailure(ShadowComparison comparison, Throwable failure, long unreported) {
		ShadowRead read = comparison.read();
		ChangeId change = read.state().change();
		String side = read.side().other().name().toLowerCase(Locale.ROOT);
		logger.warn(
				"{} - {} with {} can't be read from the {} structure, or not compared, because of {}; {} more since the last report",
				change, read.method(), read.key(), side,
				this.options.values() ? failure : failure.getClass().getSimpleName(), unreported);
		logger.debug("{} - A shadow read has failed", change, failure);
	}

	/**
	 * A process that can't go on shall not; but results may refer to each other without
	 * an end.
	 */
	private static Runnable guarded(ChangeId change, Runnable report) {
		return () -> {
			try {
				report.run();
			}
			catch (RuntimeException | Error ex) {
				if (ex instanceof VirtualMachineError && !(ex instanceof StackOverflowError)) {
					throw ex;
				}
				logger.warn(
						"{} - A difference between the structures could not be reported, or reads not be moved back",
						change, ex);
			}
		};
	}

}
