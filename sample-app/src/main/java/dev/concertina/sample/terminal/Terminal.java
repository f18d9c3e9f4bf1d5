package dev.concertina.sample.terminal;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.concertina.sample.traffic.Requests;
import dev.concertina.sample.traffic.Requests.Figures;

/**
 * Writes a line a second: what happens, and how the customers are served meanwhile. Plain
 * text, so that it reads well in a file.
 */
public class Terminal implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Terminal.class);

	private static final int RARELY = 10;

	private final Requests requests;

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor((work) -> new Thread(work, "terminal"));

	private volatile Supplier<String> scene = () -> "";

	private volatile int every = 1;

	private volatile @Nullable ScheduledFuture<?> ticking;

	private long ticks;

	/**
	 * Make a terminal.
	 * @param requests how customers are served
	 */
	public Terminal(Requests requests) {
		this.requests = requests;
	}

	/**
	 * Show something else from now on.
	 * @param what tells in a few words what happens; asked for each line
	 */
	public void show(Supplier<String> what) {
		this.scene = what;
	}

	/**
	 * Say something between two lines.
	 * @param text what to say
	 */
	public void say(String text) {
		text.lines().forEach(logger::info);
	}

	/**
	 * Write a line every ten seconds only: the interesting part is over.
	 */
	public void calmDown() {
		this.every = RARELY;
	}

	@Override
	public void start() {
		this.ticking = this.clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
	}

	@Override
	public void stop() {
		this.ticking = null;
		this.clock.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.ticking != null;
	}

	private void tick() {
		if (++this.ticks % this.every != 0) {
			return;
		}
		try {
			Figures figures = this.requests.recent();
			if (figures.served() + figures.failed() > 0) {
				logger.info("{} | {}", "%-42s".formatted(this.scene.get()), line(figures));
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Nothing to show", ex);
		}
	}

	static String line(Figures figures) {
		return "%,d requests, %,d failed, p99 %s, longest %s".formatted(figures.served(), figures.failed(),
				millis(figures.p99()), millis(figures.longest()));
	}

	/**
	 * Return a time as it is written here.
	 * @param time the time
	 * @return the time in milliseconds
	 */
	public static String millis(Duration time) {
		return "%,d ms".formatted(Math.round(time.toNanos() / 1_000_000.0));
	}

}
