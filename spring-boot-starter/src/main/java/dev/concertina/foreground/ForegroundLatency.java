package dev.concertina.foreground;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.step.StepTimer;
import org.jspecify.annotations.Nullable;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How long what a timer measures has taken on average since the last reading, such as the
 * requests of users.
 *
 * <p>
 * The mean and no percentile: count and total time are there in each registry, and only
 * they tell of the time between two readings. Where a registry begins anew with each of
 * its steps, the mean is that of the last full step.
 */
public class ForegroundLatency implements Signal {

	private final MeterRegistry registry;

	private final String timer;

	private final Limit seconds;

	private @Nullable Totals last;

	/**
	 * Measure a timer.
	 * @param registry where it is
	 * @param timer its name, such as {@code http.server.requests}; of all its tags
	 * together
	 * @param seconds the limit of the mean, in seconds
	 */
	public ForegroundLatency(MeterRegistry registry, String timer, Limit seconds) {
		this.registry = registry;
		this.timer = timer;
		this.seconds = seconds;
	}

	@Override
	public String name() {
		return "foreground latency";
	}

	@Override
	public synchronized Advice read(Set<TableName> tables) {
		Collection<Timer> timers = timers(this.registry);
		if (timers.isEmpty()) {
			return Advice.unknown("there is no timer %s, or it has measured nothing yet".formatted(this.timer));
		}
		Totals now = Totals.of(timers);
		Totals before = this.last;
		this.last = now;
		if (timers.stream().allMatch(StepTimer.class::isInstance)) {
			return judge(now);
		}
		return (before != null) ? judge(now.since(before)) : Advice.goOn("measured from now on");
	}

	/**
	 * A composite registry adds nothing up, it asks any of its own.
	 */
	private Collection<Timer> timers(MeterRegistry from) {
		if (from instanceof CompositeMeterRegistry composite) {
			return composite.getRegistries()
				.stream()
				.map(this::timers)
				.filter((timers) -> !timers.isEmpty())
				.findFirst()
				.orElse(List.of());
		}
		return from.find(this.timer).timers();
	}

	private Advice judge(Totals totals) {
		if (totals.count() <= 0) {
			return Advice.goOn("nothing was measured");
		}
		double mean = totals.seconds() / totals.count();
		return this.seconds.judge(mean, "%s takes %d ms on average (limit %d ms)".formatted(this.timer, millis(mean),
				millis(this.seconds.slower())));
	}

	private static long millis(double seconds) {
		return Duration.ofNanos((long) (seconds * 1e9)).toMillis();
	}

	private record Totals(long count, double seconds) {

		static Totals of(Collection<Timer> timers) {
			return new Totals(timers.stream().mapToLong(Timer::count).sum(),
					timers.stream().mapToDouble((timer) -> timer.totalTime(TimeUnit.SECONDS)).sum());
		}

		Totals since(Totals before) {
			return new Totals(this.count - before.count, this.seconds - before.seconds);
		}

	}

}
