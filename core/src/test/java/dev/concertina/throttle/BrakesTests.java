package dev.concertina.throttle;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import dev.concertina.change.ChangeId;
import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class BrakesTests {

	private static final ChangeId SPLIT = ChangeId.of("split");

	private static final ChangeId MERGE = ChangeId.of("merge");

	private static final SignalOptions ONCE = new SignalOptions(Duration.ofHours(1), Duration.ofSeconds(10));

	private static final SignalOptions ALWAYS = new SignalOptions(Duration.ZERO, Duration.ofSeconds(10));

	@Test
	void theLongestPauseWins() {
		Brakes brakes = brakes(ONCE, signal("lag", Advice.slower(Duration.ofMillis(300), "2 s")),
				signal("waiters", Advice.slower(Duration.ofMillis(700), "3 sessions")),
				signal("rate", Advice.goOn("1 MB")));
		assertThat(brakes.pace(SPLIT)).isEqualTo(new Pace(Duration.ofMillis(700), "waiters: 3 sessions"));
	}

	@Test
	void aHoldIsLongerThanAnyPause() {
		Brakes brakes = brakes(ONCE, signal("waiters", Advice.slower(Limit.LONGEST_PAUSE, "3 sessions")),
				signal("lag", Advice.hold("20 s")));
		assertThat(brakes.pace(SPLIT)).isEqualTo(Pace.hold(Duration.ofSeconds(10), "lag: 20 s"));
	}

	@Test
	void aHoldWinsHoweverSoonItAsksAgain() {
		Brakes brakes = brakes(new SignalOptions(Duration.ofHours(1), Duration.ofMillis(1)),
				signal("waiters", Advice.slower(Limit.LONGEST_PAUSE, "3 sessions")),
				signal("lag", Advice.hold("20 s")));
		assertThat(brakes.pace(SPLIT)).isEqualTo(Pace.hold(Duration.ofMillis(1), "lag: 20 s"));
	}

	@Test
	void askThrottlesBeforeEachBatch() {
		AtomicInteger asked = new AtomicInteger();
		Brakes brakes = new Brakes(List.of(signal("lag", Advice.slower(Duration.ofMillis(1), "2 s"))), ONCE,
				List.of((change) -> new Pace(Duration.ofMinutes(asked.incrementAndGet()), "sale")),
				(change) -> Set.of());
		assertThat(List.of(brakes.pace(SPLIT), brakes.pace(SPLIT))).extracting(Pace::pause)
			.containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
	}

	@Test
	void anUnknownSignalDoesNotStopAnybodyAndIsToldOnce() {
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger(SampledSignal.class);
		logger.addAppender(lines);
		lines.start();
		try {
			Brakes brakes = brakes(ALWAYS, signal("lag", (tables) -> {
				throw new IllegalStateException("wrapped", new IllegalStateException("permission denied"));
			}));
			assertThat(List.of(brakes.pace(SPLIT), brakes.pace(SPLIT))).containsOnly(Pace.FULL);
			assertThat(brakes.throttling(SPLIT).readings())
				.containsExactly(new Reading("lag", Kind.UNKNOWN, "permission denied"));
		}
		finally {
			logger.detachAppender(lines);
		}
		assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("Signal 'lag' can't be read, and backfills go on without it: permission denied");
	}

	@Test
	void severalWorkersReadASignalOnceInItsInterval() throws Exception {
		AtomicInteger reads = new AtomicInteger();
		Brakes brakes = brakes(ONCE, signal("lag", (tables) -> {
			reads.incrementAndGet();
			return Advice.hold("20 s");
		}));
		List<Pace> paces = new CopyOnWriteArrayList<>();
		inParallel(() -> paces.add(brakes.pace(SPLIT)));
		assertThat(reads).hasValue(1);
		assertThat(paces).hasSize(8)
			.extracting(Pace::reason)
			.as("nobody goes on before the first answer")
			.containsOnly("lag: 20 s");
	}

	@Test
	void oneWorkerReadsAndTheOthersGoByTheLastAnswer() throws Exception {
		CountDownLatch reading = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		AtomicInteger reads = new AtomicInteger();
		Brakes brakes = brakes(ALWAYS, signal("lag", (tables) -> {
			if (reads.incrementAndGet() == 2) {
				reading.countDown();
				await(answered);
			}
			return Advice.goOn("reading " + reads);
		}));
		brakes.pace(SPLIT);
		ExecutorService other = Executors.newSingleThreadExecutor();
		try {
			other.execute(() -> brakes.pace(SPLIT));
			await(reading);
			brakes.pace(SPLIT);
			assertThat(brakes.throttling(SPLIT).readings()).extracting(Reading::reason).containsExactly("reading 1");
		}
		finally {
			answered.countDown();
			other.shutdown();
		}
		assertThat(other.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		assertThat(reads).hasValue(2);
	}

	@Test
	void aSignalOfTablesIsReadForEachChange() {
		List<Set<TableName>> read = new CopyOnWriteArrayList<>();
		Brakes brakes = new Brakes(List.of(new Signal() {

			@Override
			public String name() {
				return "waiters";
			}

			@Override
			public boolean isOfTables() {
				return true;
			}

			@Override
			public Advice read(Set<TableName> tables) {
				read.add(tables);
				return Advice.goOn("0");
			}

		}), ONCE, List.of(), (change) -> Set.of(TableName.of(change.value())));
		brakes.pace(SPLIT);
		brakes.pace(MERGE);
		brakes.pace(SPLIT);
		assertThat(read).containsExactly(Set.of(TableName.of("split")), Set.of(TableName.of("merge")));
	}

	@Test
	void anotherSignalIsReadForAllChanges() {
		AtomicInteger reads = new AtomicInteger();
		Brakes brakes = brakes(ONCE, signal("lag", (tables) -> Advice.goOn("read " + reads.incrementAndGet())));
		brakes.pace(SPLIT);
		brakes.pace(MERGE);
		assertThat(reads).hasValue(1);
	}

	@Test
	void tellWhatTheyToldWorkers() {
		Brakes brakes = brakes(ONCE, signal("lag", Advice.hold("20 s")));
		assertThat(brakes.throttling(SPLIT)).isEqualTo(Throttling.NONE);
		brakes.pace(SPLIT);
		assertThat(brakes.throttling(SPLIT)).isEqualTo(new Throttling(Pace.hold(Duration.ofSeconds(10), "lag: 20 s"),
				List.of(new Reading("lag", Kind.HOLD, "20 s"))));
		assertThat(brakes.throttling(MERGE)).isEqualTo(Throttling.NONE);
	}

	private static Brakes brakes(SignalOptions options, Signal... signals) {
		return new Brakes(List.of(signals), options, List.of(), (change) -> Set.of());
	}

	private static Signal signal(String name, Advice advice) {
		return signal(name, (tables) -> advice);
	}

	private static Signal signal(String name, Function<Set<TableName>, Advice> read) {
		return new Signal() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Advice read(Set<TableName> tables) {
				return read.apply(tables);
			}

		};
	}

	private static void inParallel(Callable<?> work) throws InterruptedException {
		ExecutorService workers = Executors.newFixedThreadPool(8);
		try {
			assertThat(workers.invokeAll(IntStream.range(0, 8).mapToObj((number) -> work).toList()))
				.allSatisfy((future) -> assertThat(future).isDone());
		}
		finally {
			workers.shutdown();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
