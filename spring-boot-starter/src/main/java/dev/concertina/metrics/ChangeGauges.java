package dev.concertina.metrics;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.concertina.plan.Phase;
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
		Gauge.builder("concertina.changes.active", () -> countActive(registry, known))
			.description("Changes that are not at their end")
			.register(registry);
	}

	private double countActive(MeterRegistry registry, Set<String> known) {
		return this.watch.recent()
			.stream()
			.filter((change) -> !change.isFinal())
			.map((change) -> change.status().id())
			.peek((id) -> {
				if (known.add(id)) {
					register(registry, id);
				}
			})
			.count();
	}

	private void register(MeterRegistry registry, String id) {
		for (Phase phase : Phase.values()) {
			gauge("concertina.change.phase", id, (change) -> isIn(change, phase) ? 1 : 0)
				.description("1 while the change is in the phase; 0 for all phases once it is at its end")
				.tag("phase", phase.name())
				.register(registry);
		}
		gauge("concertina.change.failed", id, (change) -> change.hasFailed() ? 1 : 0)
			.description("1 while the change waits for a person to remove a cause and resume it")
			.register(registry);
		gauge("concertina.change.objections", id, (change) -> change.status().objections().size())
			.description("What keeps the change from dropping the old structure")
			.register(registry);
		gauge("concertina.mismatches", id, (change) -> mismatches(change)).baseUnit("rows")
			.description("Rows that the last comparison has found unequal")
			.register(registry);
		gauge("concertina.poison.rows", id, (change) -> change.status().poisonRows()).baseUnit("rows")
			.description("Rows that could not be copied and are set aside")
			.register(registry);
		registerProgress(registry, id);
	}

	private void registerProgress(MeterRegistry registry, String id) {
		gauge("concertina.backfill.progress", id, (change) -> change.fraction(Phase.BACKFILL))
			.description("How much of the rows is copied, from 0 to 1")
			.register(registry);
		gauge("concertina.verify.progress", id, (change) -> change.fraction(Phase.VERIFY))
			.description("How much of the rows is compared, from 0 to 1")
			.register(registry);
		gauge("concertina.backfill.units", id, (change) -> change.status().backfill().units()).baseUnit("units")
			.description("Blocks that the backfill goes over, or rows where it goes by a key")
			.register(registry);
		gauge("concertina.backfill.rows.per.second", id, ChangeGauges::rowsPerSecond)
			.description("How fast all instances together copy")
			.register(registry);
		TimeGauge
			.builder("concertina.backfill.eta", this, TimeUnit.SECONDS,
					(gauges) -> gauges.value(id, ChangeGauges::secondsLeft))
			.description("How long the backfill still takes")
			.tags(Tags.of("change", id))
			.register(registry);
	}

	private Gauge.Builder<ChangeGauges> gauge(String name, String id, ToDoubleFunction<ObservedChange> value) {
		return Gauge.builder(name, this, (gauges) -> gauges.value(id, value)).tags(Tags.of("change", id));
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

	private static long mismatches(ObservedChange change) {
		return change.status().verify().missing() + change.status().verify().different()
				+ change.status().verify().extra();
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
