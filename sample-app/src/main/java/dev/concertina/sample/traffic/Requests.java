package dev.concertina.sample.traffic;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the requests of all customers, and how long each took.
 */
public class Requests {

	private static final Logger logger = LoggerFactory.getLogger(Requests.class);

	private static final int DIGITS = 3;

	private static final int FAILURES_TO_SHOW = 10;

	private final Recorder recent = new Recorder(DIGITS);

	private final Histogram all = new Histogram(DIGITS);

	private final LongAdder failed = new LongAdder();

	void served(Duration latency) {
		this.recent.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(latency.toNanos())));
	}

	void failed(String customer, RuntimeException failure) {
		this.failed.increment();
		if (this.failed.sum() <= FAILURES_TO_SHOW) {
			logger.error("A request of customer {} failed: {}", customer, failure.toString());
		}
	}

	/**
	 * Return the figures since this was asked for the last time.
	 * @return the latencies since then, and the counts since the start
	 */
	public synchronized Figures recent() {
		Histogram interval = this.recent.getIntervalHistogram();
		this.all.add(interval);
		return figures(interval);
	}

	/**
	 * Return the figures since the start.
	 * @return latencies and counts
	 */
	public synchronized Figures total() {
		this.all.add(this.recent.getIntervalHistogram());
		return figures(this.all);
	}

	private Figures figures(Histogram latencies) {
		return new Figures(this.all.getTotalCount(), this.failed.sum(), micros(latencies.getValueAtPercentile(50)),
				micros(latencies.getValueAtPercentile(99)), micros(latencies.getMaxValue()));
	}

	private static Duration micros(long value) {
		return Duration.of(value, ChronoUnit.MICROS);
	}

	/**
	 * How the customers are served.
	 *
	 * @param served how many requests were served
	 * @param failed how many requests failed
	 * @param median what half of the requests took at most
	 * @param p99 what 99 of 100 requests took at most
	 * @param longest what the slowest request took
	 */
	public record Figures(long served, long failed, Duration median, Duration p99, Duration longest) {

	}

}
