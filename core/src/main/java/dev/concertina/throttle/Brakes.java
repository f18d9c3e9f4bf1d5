package dev.concertina.throttle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.concertina.change.ChangeId;
import dev.concertina.schema.TableName;

/**
 * All signals and throttles of an instance: the longest pause wins. Remembers what they
 * said last, for people.
 */
public final class Brakes implements Throttle {

	/**
	 * A batch that takes longer is cancelled, so somebody who works asks again by then.
	 */
	private static final Duration LONGEST_BATCH = Duration.ofSeconds(10);

	private final List<Signal> signals;

	private final Map<Signal, SampledSignal> ofAllChanges = new ConcurrentHashMap<>();

	private final Map<ChangeId, List<SampledSignal>> ofChange = new ConcurrentHashMap<>();

	private final Map<ChangeId, Asked> last = new ConcurrentHashMap<>();

	private final SignalOptions options;

	private final Throttle others;

	private final Function<ChangeId, Set<TableName>> tables;

	/**
	 * Make brakes.
	 * @param signals what is read now and then
	 * @param options how signals are read
	 * @param throttles what is asked before each batch
	 * @param tables what tells the tables of a change
	 */
	public Brakes(List<Signal> signals, SignalOptions options, List<Throttle> throttles,
			Function<ChangeId, Set<TableName>> tables) {
		this.signals = List.copyOf(signals);
		this.options = options;
		this.others = Throttle.slowest(throttles);
		this.tables = tables;
	}

	@Override
	public Pace pace(ChangeId change) {
		Pace pace = this.others.pace(change);
		for (SampledSignal signal : this.ofChange.computeIfAbsent(change, this::sampled)) {
			pace = pace.or(this.options.pace(signal.name(), signal.advice()));
		}
		this.last.put(change, new Asked(pace, System.nanoTime()));
		return pace;
	}

	/**
	 * Return what the workers of this instance were told last.
	 * @param change the change
	 * @return the last pace and readings, or {@link Throttling#NONE} if nobody has asked
	 * lately
	 */
	public Throttling throttling(ChangeId change) {
		Pace pace = Optional.ofNullable(this.last.get(change))
			.filter(Asked::isStillTrue)
			.map(Asked::pace)
			.orElse(Pace.FULL);
		Duration maxAge = this.options.interval().plus(this.options.hold()).plus(LONGEST_BATCH);
		return new Throttling(pace,
				this.ofChange.getOrDefault(change, List.of())
					.stream()
					.flatMap((signal) -> signal.reading(maxAge).stream())
					.toList());
	}

	private List<SampledSignal> sampled(ChangeId change) {
		List<SampledSignal> sampled = new ArrayList<>();
		for (Signal signal : this.signals) {
			sampled.add(signal.isOfTables() ? sampled(signal, change) : this.ofAllChanges.computeIfAbsent(signal,
					(shared) -> new SampledSignal(shared, Set::of, this.options.interval())));
		}
		return sampled;
	}

	private SampledSignal sampled(Signal signal, ChangeId change) {
		return new SampledSignal(signal, () -> this.tables.apply(change), this.options.interval());
	}

	/**
	 * What a worker was told.
	 */
	private record Asked(Pace pace, long at) {

		boolean isStillTrue() {
			return System.nanoTime() - this.at < this.pace.pause().plus(LONGEST_BATCH).toNanos();
		}

	}

}
