package dev.concertina.dualwrite;

import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

import dev.concertina.change.ChangeId;

/**
 * Tells what shadow reads have found, and moves reads back if it shall. Nothing of it
 * reaches the reader.
 */
final class ShadowReports {

	private static final Logger logger = LoggerFactory.getLogger(ShadowReports.class);

	private final ShadowOptions options;

	private final ShadowListener listener;

	private final ApplicationEventPublisher events;

	private final Consumer<ChangeId> holdBack;

	private final Sampler mismatches;

	private final Sampler failures;

	ShadowReports(ShadowOptions options, ShadowListener listener, ApplicationEventPublisher events,
			Consumer<ChangeId> holdBack, Clock clock) {
		this.options = options;
		this.listener = listener;
		this.events = events;
		this.holdBack = holdBack;
		this.mismatches = new Sampler(options.reportInterval(), clock);
		this.failures = new Sampler(options.reportInterval(), clock);
	}

	void skipped(ShadowRead read) {
		guarded(read, () -> this.listener.on(read.state().change(), ShadowOutcome.SKIPPED));
	}

	void tell(ShadowComparison comparison) {
		ShadowRead read = comparison.read();
		guarded(read, () -> this.listener.on(read.state().change(), comparison.outcome()));
		@Nullable Throwable failure = comparison.failure();
		if (failure != null) {
			guarded(read, () -> tellFailure(comparison, failure));
		}
		if (comparison.outcome() == ShadowOutcome.DIFFERED) {
			if (this.options.holdBack() && read.state().readShare() > 0) {
				guarded(read, () -> holdBack(read.state().change()));
			}
			guarded(read, () -> tellMismatch(comparison));
		}
	}

	private void holdBack(ChangeId change) {
		this.holdBack.accept(change);
		logger.warn("{} - All reads go to the old structure again, as a shadow read differs", change);
	}

	private void tellMismatch(ShadowComparison comparison) {
		ShadowRead read = comparison.read();
		ChangeId change = read.state().change();
		this.mismatches.pass(change).ifPresent((unreported) -> {
			logger.warn("{} - The structures differ in {} with {}{}; {} more since the last report", change,
					read.method(), read.key(), values(comparison), unreported);
			this.events.publishEvent(new ShadowMismatch(change, read.method(), read.key(), unreported));
		});
	}

	private String values(ShadowComparison comparison) {
		return this.options.values() ? ": the old one answers %s, the new one %s"
			.formatted(comparison.answerOf(Side.OLD), comparison.answerOf(Side.NEW)) : "";
	}

	/**
	 * What PostgreSQL says of an error may hold values, too.
	 */
	private void tellFailure(ShadowComparison comparison, Throwable failure) {
		ShadowRead read = comparison.read();
		ChangeId change = read.state().change();
		this.failures.pass(change).ifPresent((unreported) -> {
			String side = read.side().other().name().toLowerCase(Locale.ROOT);
			logger.warn(
					"{} - {} with {} can't be read from the {} structure, or not compared, because of {}; {} more since the last report",
					change, read.method(), read.key(), side,
					this.options.values() ? failure : failure.getClass().getSimpleName(), unreported);
			logger.debug("{} - A shadow read has failed", change, failure);
		});
	}

	private static void guarded(ShadowRead read, Runnable report) {
		try {
			report.run();
		}
		catch (RuntimeException ex) {
			logger.warn("{} - A difference between the structures could not be reported, or reads not be moved back",
					read.state().change(), ex);
		}
	}

}
