package dev.concertina.watch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

import dev.concertina.ChangeStatus;
import dev.concertina.plan.Phase;
import dev.concertina.testing.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChangeWatchTests {

	private final SettableClock clock = new SettableClock();

	private final AtomicInteger looks = new AtomicInteger();

	private List<ChangeStatus> database = List.of(Statuses.copying("split", 0));

	private boolean down;

	private final ChangeWatch watch = new ChangeWatch(this::read, this.clock);

	@Test
	void asksTheDatabaseOnceInFiveSeconds() {
		for (int scrape = 0; scrape < 10; scrape++) {
			this.watch.recent();
			this.clock.add(Duration.ofSeconds(1));
		}
		assertThat(this.looks).hasValue(2);
	}

	@Test
	void asksTheDatabaseEachTimeForWhatIsNow() {
		this.watch.now();
		assertThat(lookAt(30).fraction(Phase.BACKFILL)).isEqualTo(0.3);
		assertThat(this.looks).hasValue(2);
	}

	@Test
	void tellsTheSpeedOfTheLastMinute() {
		lookAt(0);
		this.clock.add(Duration.ofSeconds(100));
		lookAt(10);
		this.clock.add(Duration.ofSeconds(10));
		ObservedChange change = lookAt(30);
		assertThat(change.speed().rowsPerSecond()).isEqualTo(20);
		assertThat(change.left(Phase.BACKFILL)).hasValue(Duration.ofSeconds(35));
	}

	@Test
	void tellsNoSpeedBeforeTheSecondLook() {
		assertThat(lookAt(30).left(Phase.BACKFILL)).isEmpty();
	}

	@Test
	void tellsNoSpeedOfAnotherPhase() {
		lookAt(10);
		this.clock.add(Duration.ofSeconds(10));
		this.database = List.of(Statuses.comparing("split", 20, 0));
		assertThat(this.watch.now().get(0).speed().rowsPerSecond()).isZero();
	}

	@Test
	void aPhaseWhoseBlocksAreNotCountedYetHasDoneNothing() {
		this.database = List.of(Statuses.planned("split"));
		assertThat(this.watch.now().get(0).fraction(Phase.BACKFILL)).isZero();
	}

	@Test
	void tellsWhatItSawLastWhileTheDatabaseIsDown() {
		lookAt(30);
		this.down = true;
		this.clock.add(Duration.ofSeconds(6));
		assertThat(this.watch.recent().get(0).fraction(Phase.BACKFILL)).isEqualTo(0.3);
		assertThat(this.watch.sees()).isFalse();
		this.watch.recent();
		assertThat(this.looks).hasValue(2);
		assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(this.watch::now);
	}

	private ObservedChange lookAt(int blocks) {
		this.database = List.of(Statuses.copying("split", blocks));
		return this.watch.now().get(0);
	}

	private List<ChangeStatus> read() {
		this.looks.incrementAndGet();
		if (this.down) {
			throw new DataAccessResourceFailureException("down");
		}
		return this.database;
	}

}
