package dev.concertina.execute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.Progress;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Compared;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.jdbc.Blocker;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.state.Verdict;
import dev.concertina.testing.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingListenerTests {

	private static final ChangeId SPLIT = ChangeId.of("split");

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingListener.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final SettableClock clock = new SettableClock();

	private Progress progress = blocks(0);

	private final LoggingListener listener = new LoggingListener(StateSchemaName.DEFAULT,
			(change, phase) -> this.progress, this.clock);

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this.lines);
		this.logger.setAdditive(false);
		this.lines.start();
	}

	@AfterEach
	void stopListening() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.lines);
		this.logger.setAdditive(true);
	}

	@Test
	void tellsTransitionsAndWhy() {
		this.listener.on(new StateChanged(SPLIT, State.running(Phase.BACKFILL),
				new State(Phase.BACKFILL, Status.PAUSED), "sale"));
		assertThat(lines()).containsExactly("INFO split - BACKFILL PAUSED after BACKFILL RUNNING: sale");
	}

	@Test
	void tellsProgressAtEachTenth() {
		for (int block = 0; block <= 35; block++) {
			batch(block);
		}
		assertThat(lines()).containsExactly("INFO split - BACKFILL 10 %: 100 rows, 10 rows/s, about 90 s left",
				"INFO split - BACKFILL 20 %: 200 rows, 10 rows/s, about 80 s left",
				"INFO split - BACKFILL 30 %: 300 rows, 10 rows/s, about 70 s left");
	}

	@Test
	void tellsProgressEveryHalfAMinuteEvenIfThereIsNone() {
		for (int second = 0; second <= 60; second++) {
			batch(5);
		}
		assertThat(lines()).containsExactly("INFO split - BACKFILL 5 %: 50 rows, 0 rows/s, it stands",
				"INFO split - BACKFILL 5 %: 50 rows, 0 rows/s, it stands");
	}

	@Test
	void startsAnewWhenAPhaseDoes() {
		batch(0);
		batch(95);
		this.listener.on(new StateChanged(SPLIT, State.running(Phase.BACKFILL), State.running(Phase.BACKFILL), null));
		this.lines.list.clear();
		batch(0);
		batch(10);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void warnsOfLocksAndNamesWhoHoldsThem() {
		this.listener.on(new LockTimedOut(SPLIT, 2,
				List.of(new Blocker(4711, "report", "idle in transaction", Duration.ofSeconds(90), "SELECT 1"))));
		assertThat(lines()).singleElement()
			.asString()
			.startsWith("WARN split - Got no lock in attempt 2, held by [pid 4711 (report, idle in transaction");
	}

	@Test
	void warnsOfBatchesThatFailAgainAndAgain() {
		this.listener.on(new BatchRetried(SPLIT, Phase.BACKFILL, "lock timeout", Duration.ofMillis(20)));
		this.listener.on(new BatchRetried(SPLIT, Phase.BACKFILL, "connection refused", Duration.ofSeconds(5)));
		assertThat(lines()).containsExactly(
				"WARN split - BACKFILL does not move, its batches are rolled back; trying again in PT5S: connection refused");
	}

	@Test
	void tellsAHoldOnceWhenItBeginsAndOnceWhenItEnds() {
		batch(0);
		held("replication lag: 12 s");
		held("replication lag: 13 s");
		this.listener.on(new BatchFinished(SPLIT, Phase.BACKFILL, "public.t", 1, 10, Duration.ofMinutes(1)));
		held("replication lag: 9 s");
		batch(1);
		batch(2);
		assertThat(lines()).filteredOn((line) -> !line.contains("BACKFILL"))
			.containsExactly("INFO split - Held, asking again every PT10S: replication lag: 12 s",
					"INFO split - Goes on after it was held for 30 s");
	}

	@Test
	void doesNotTellPausesBetweenBatches() {
		this.listener.on(new Held(SPLIT, Duration.ofMillis(900), "replication lag: 1 s"));
		this.listener.on(new Held(SPLIT, Duration.ofMinutes(1), Held.REST));
		batch(1);
		assertThat(lines()).isEmpty();
	}

	private void held(String reason) {
		this.listener.on(new Held(SPLIT, Duration.ofSeconds(10), reason));
		this.clock.add(Duration.ofSeconds(10));
	}

	@Test
	void tellsWhatAComparisonHasFound() {
		this.listener.on(new Compared(SPLIT, new Verdict(Instant.EPOCH, 1000, 0, 0, 0)));
		this.listener.on(new Compared(SPLIT, new Verdict(Instant.EPOCH, 1000, 2, 1, 0)));
		assertThat(lines()).containsExactly("INFO split - All 1000 rows are equal in both structures",
				"ERROR split - 3 of 1000 rows are not equal; correct those listed in concertina.mismatch, then resume it");
	}

	private void batch(int blocks) {
		this.progress = blocks(blocks);
		this.listener.on(new BatchFinished(SPLIT, Phase.BACKFILL, "public.t", 1, 10, Duration.ofMillis(100)));
		this.clock.add(Duration.ofSeconds(1));
	}

	private List<String> lines() {
		return this.lines.list.stream()
			.map((line) -> "%s %s".formatted(line.getLevel(), line.getFormattedMessage()))
			.toList();
	}

	private static Progress blocks(int done) {
		return new Progress(100, done, done * 10L, done, 0, 0, 0);
	}

}
