package dev.concertina.metrics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.concertina.chunk.Progress;
import dev.concertina.plan.Phase;
import dev.concertina.state.Status;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.ObservedChange;

/**
 * Shows how far changes are, as all instances together have brought them; so each
 * instance shows the same.
 *
 * <p>
 * Reading {@code concertina.changes.active} looks for changes, and gives those that are
 * not at their end their gauges. The watch sees to it that this does not ask the database
 * more than once in a few seconds.
 */
public class ChangeGauges implements MeterBinder {

	private final ChangeWatch watch;

	/**
	 * Show changes.
	 * @param watch what looks at the changes
	 */
	public ChangeGauges(ChangeWatch watch) {
		this.watch = watch;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Set<String> known = ConcurrentHashMap.newKeySet();
		ConcertinaMeter.CHANGES_ACTIVE.gauge(registry, () -> countActive(registry, known));
	}

	private double countActive(MeterRegistry registry, Set<String> known) {
		return this.watch.recent()
			.stream()
			.filter((change) -> !change.isFinal())
			.map((change) -> change.status().id())
			.peek((id) -> {
				if (known.add(id)) {
					register(registry, id);
					registerCounters(registry, id);
				}
			})
			.count();
	}

	private void register(MeterRegistry registry, String id) {
		for (Phase phase : Phase.values()) {
			gauge(ConcertinaMeter.CHANGE_PHASE, registry, (change) -> isIn(change, phase) ? 1 : 0, id, phase.name());
		}
		for (Status status : Status.values()) {
			gauge(ConcertinaMeter.CHANGE_STATUS, registry, (change) -> hasStatus(change, status) ? 1 : 0, id,
					status.name());
		}
		gauge(ConcertinaMeter.CHANGE_OBJECTIONS, registry, (change) -> change.status().objections().size(), id);
		gauge(ConcertinaMeter.MISMATCHES, registry, ChangeGauges::mismatches, id);
		gauge(ConcertinaMeter.POISON_ROWS, registry, ChangeGauges::poisonRows, id);
		gauge(ConcertinaMeter.BACKFILL_PROGRESS, registry, (change) -> change.fraction(Phase.BACKFILL), id);
		gauge(ConcertinaMeter.VERIFY_PROGRESS, registry, (change) -> change.fraction(Phase.VERIFY), id);
		gauge(ConcertinaMeter.BACKFILL_UNITS, registry, (change) -> change.status().backfill().units(), id);
		gauge(ConcertinaMeter.BACKFILL_ROWS_PER_SECOND, registry, ChangeGauges::rowsPerSecond, id);
		gauge(ConcertinaMeter.BACKFILL_ETA, registry, ChangeGauges::secondsLeft, id);
	}

	/**
	 * A counter that is first seen above zero does not show that it has risen.
	 */
	private static void registerCounters(MeterRegistry registry, String id) {
		ConcertinaMeter.LOCK_TIMEOUTS.counter(registry, id);
		ConcertinaMeter.OLD_STRUCTURE_MISSED.counter(registry, id);
		ConcertinaMeter.BACKFILL_ROWS.counter(registry, id);
		ConcertinaMeter.VERIFY_ROWS.counter(registry, id);
		for (Phase phase : List.of(Phase.BACKFILL, Phase.VERIFY)) {
			ConcertinaMeter.BATCH_RETRIES.counter(registry, id, phase.name());
		}
	}

	private void gauge(ConcertinaMeter meter, MeterRegistry registry, ToDoubleFunction<ObservedChange> value, String id,
			String... more) {
		String[] tags = new String[more.length + 1];
		tags[0] = id;
		System.arraycopy(more, 0, tags, 1, more.length);
		meter.gauge(registry, () -> value(id, value), tags);
	}

	private double value(String id, ToDoubleFunction<ObservedChange> value) {
		Optional<ObservedChange> change = this.watch.recent()
			.stream()
			.filter((candidate) -> candidate.status().id().equals(id))
			.findFirst();
		return change.map((found) -> value.applyAsDouble(found)).orElse(Double.NaN);
	}

	private static boolean isIn(ObservedChange change, Phase phase) {
		return !change.isFinal() && change.status().state().phase() == phase;
	}

	private static boolean hasStatus(ObservedChange change, Status status) {
		return change.status().state().status() == status;
	}

	/**
	 * What is left of a change that is at its end is for nobody to correct.
	 */
	private static long mismatches(ObservedChange change) {
		Progress found = change.status().verify();
		return change.isFinal() ? 0 : found.missing() + found.different() + found.extra();
	}

	private static long poisonRows(ObservedChange change) {
		return change.isFinal() ? 0 : change.status().poisonRows();
	}

	private static double rowsPerSecond(ObservedChange change) {
		return change.isRunning(Phase.BACKFILL) ? change.speed().rowsPerSecond() : 0;
	}

	private static double secondsLeft(ObservedChange change) {
		if (change.status().state().phase().compareTo(Phase.BACKFILL) > 0) {
			return 0;
		}
		return change.left(Phase.BACKFILL).map((left) -> left.toMillis() / 1000.0).orElse(Double.NaN);
	}

}
