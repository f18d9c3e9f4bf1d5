package dev.concertina.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters, but for those that Micrometer makes of {@link ConcertinaObservation}s.
 * Gauges tell of a change as all instances together have brought it, so each instance
 * shows the same; all others tell what one instance has done.
 */
enum ConcertinaMeter implements MeterDocumentation {

	CHANGES_ACTIVE("concertina.changes.active", Meter.Type.GAUGE, null, "Changes that are not at their end"),

	CHANGE_PHASE("concertina.change.phase", Meter.Type.GAUGE, null,
			"1 while the change is in the phase; 0 for all phases once it is at its end", MeterTag.CHANGE,
			MeterTag.PHASE),

	CHANGE_STATUS("concertina.change.status", Meter.Type.GAUGE, null, "1 while the change has the status, else 0",
			MeterTag.CHANGE, MeterTag.STATUS),

	CHANGE_OBJECTIONS("concertina.change.objections", Meter.Type.GAUGE, null,
			"What keeps the change from dropping the old structure", MeterTag.CHANGE),

	MISMATCHES("concertina.mismatches", Meter.Type.GAUGE, "rows",
			"Rows that the last comparison has found unequal; 0 once the change is at its end", MeterTag.CHANGE),

	POISON_ROWS("concertina.poison.rows", Meter.Type.GAUGE, "rows",
			"Rows that could not be copied and are set aside; 0 once the change is at its end", MeterTag.CHANGE),

	BACKFILL_PROGRESS("concertina.backfill.progress", Meter.Type.GAUGE, "ratio",
			"How much of the rows is copied, from 0 to 1", MeterTag.CHANGE),

	VERIFY_PROGRESS("concertina.verify.progress", Meter.Type.GAUGE, "ratio",
			"How much of the rows is compared, from 0 to 1", MeterTag.CHANGE),

	BACKFILL_UNITS("concertina.backfill.units", Meter.Type.GAUGE, "units",
			"Blocks that the backfill goes over, or rows where it goes by a key", MeterTag.CHANGE),

	BACKFILL_ROWS_PER_SECOND("concertina.backfill.rows.per.second", Meter.Type.GAUGE, null,
			"How fast all instances together copy, in the last minute", MeterTag.CHANGE),

	BACKFILL_ETA("concertina.backfill.eta", Meter.Type.GAUGE, ConcertinaMeter.SECONDS,
			"How long the backfill still takes; NaN while nobody can tell", MeterTag.CHANGE),

	BACKFILL_ROWS("concertina.backfill.rows", Meter.Type.COUNTER, "rows", "Rows that this instance has copied",
			MeterTag.CHANGE),

	VERIFY_ROWS("concertina.verify.rows", Meter.Type.COUNTER, "rows", "Rows that this instance has compared",
			MeterTag.CHANGE),

	BATCH_ROWS("concertina.batch.rows", Meter.Type.DISTRIBUTION_SUMMARY, "rows", "How many rows batches held",
			MeterTag.CHANGE, MeterTag.PHASE),

	BATCH_RETRIES("concertina.batch.retries", Meter.Type.COUNTER, null,
			"Batches that this instance rolled back to try them again", MeterTag.CHANGE, MeterTag.PHASE),

	LOCK_TIMEOUTS("concertina.lock.timeouts", Meter.Type.COUNTER, null,
			"Locks that this instance was not granted in time", MeterTag.CHANGE),

	OLD_STRUCTURE_MISSED("concertina.old.structure.missed", Meter.Type.COUNTER, null,
			"Minutes in which statements failed because what they name is out of sight; each counted by the instance that saw it first",
			MeterTag.CHANGE),

	PAUSE("concertina.pause", Meter.Type.TIMER, ConcertinaMeter.SECONDS,
			"Time that workers of this instance waited because a throttle asked for it", MeterTag.CHANGE,
			MeterTag.REASON),

	SHADOW_READS("concertina.shadow.reads", Meter.Type.COUNTER, null, "Reads that both structures have answered",
			MeterTag.CHANGE),

	SHADOW_MISMATCHES("concertina.shadow.mismatches", Meter.Type.COUNTER, null,
			"Reads that the structures have answered differently", MeterTag.CHANGE),

	SHADOW_FAILURES("concertina.shadow.failures", Meter.Type.COUNTER, null,
			"Reads that the structure which is not in charge could not answer, or whose answers could not be compared",
			MeterTag.CHANGE),

	SHADOW_SKIPPED("concertina.shadow.skipped", Meter.Type.COUNTER, null,
			"Reads of which nothing could be compared fairly", MeterTag.CHANGE);

	private static final String SECONDS = "seconds";

	private final String name;

	private final Meter.Type type;

	private final @Nullable String unit;

	private final String description;

	private final MeterTag[] tags;

	ConcertinaMeter(String name, Meter.Type type, @Nullable String unit, String description, MeterTag... tags) {
		this.name = name;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	String description() {
		return this.description;
	}

	void gauge(MeterRegistry registry, Supplier<Double> value, String... values) {
		if (SECONDS.equals(this.unit)) {
			TimeGauge.builder(this.name, value, TimeUnit.SECONDS)
				.description(this.description)
				.tags(tags(values))
				.register(registry);
			return;
		}
		Gauge.builder(this.name, value)
			.description(this.description)
			.baseUnit(this.unit)
			.tags(tags(values))
			.register(registry);
	}

	Counter counter(MeterRegistry registry, String... values) {
		return Counter.builder(this.name)
			.description(this.description)
			.baseUnit(this.unit)
			.tags(tags(values))
			.register(registry);
	}

	DistributionSummary summary(MeterRegistry registry, String... values) {
		return DistributionSummary.builder(this.name)
			.description(this.description)
			.baseUnit(this.unit)
			.tags(tags(values))
			.register(registry);
	}

	Timer timer(MeterRegistry registry, String... values) {
		return Timer.builder(this.name).description(this.description).tags(tags(values)).register(registry);
	}

	/**
	 * Returns a value for each tag, in their order.
	 */
	private Tags tags(String... values) {
		Tags all = Tags.empty();
		for (int tag = 0; tag < this.tags.length; tag++) {
			all = all.and(this.tags[tag].asString(), values[tag]);
		}
		return all;
	}

}
