package dev.concertina.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.concertina.ChangeStatus;
import dev.concertina.plan.Phase;
import dev.concertina.state.Status;
import dev.concertina.testing.SettableClock;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.Statuses;

import static org.assertj.core.api.Assertions.assertThat;

class ChangeGaugesTests {

	private final SettableClock clock = new SettableClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicInteger looks = new AtomicInteger();

	private List<ChangeStatus> database = List.of();

	ChangeGaugesTests() {
		new ChangeGauges(new ChangeWatch(this::read, this.clock)).bindTo(this.registry);
	}

	@Test
	void showAChangeFromTheFirstScrapeOn() {
		assertThat(scrape(Statuses.copying("split", 0))).isOne();
		assertThat(gauge("concertina.backfill.progress")).isZero();
		assertThat(gauge("concertina.backfill.units")).isEqualTo(100);
		assertThat(gauge("concertina.backfill.rows.per.second")).isZero();
		assertThat(gauge("concertina.backfill.eta")).isNaN();
		assertThat(gauge("concertina.change.objections")).isOne();
	}

	@Test
	void showSpeedAndTimeLeft() {
		scrape(Statuses.copying("split", 0));
		this.clock.add(Duration.ofSeconds(10));
		scrape(Statuses.copying("split", 20));
		assertThat(gauge("concertina.backfill.progress")).isEqualTo(0.2);
		assertThat(gauge("concertina.backfill.rows.per.second")).isEqualTo(20);
		assertThat(this.registry.get("concertina.backfill.eta").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(40);
	}

	@Test
	void showThePhase() {
		scrape(Statuses.comparing("split", 10, 3));
		assertThat(phase(Phase.VERIFY)).isOne();
		assertThat(phase(Phase.BACKFILL)).isZero();
		assertThat(gauge("concertina.verify.progress")).isEqualTo(0.1);
		assertThat(gauge("concertina.mismatches")).isEqualTo(3);
		assertThat(gauge("concertina.backfill.eta")).isZero();
	}

	@Test
	void showAFailure() {
		scrape(Statuses.failed("split", "unequal"));
		assertThat(status(Status.FAILED)).isOne();
		assertThat(status(Status.RUNNING)).isZero();
	}

	@Test
	void showAChangeToItsEnd() {
		scrape(Statuses.comparing("split", 10, 0));
		this.clock.add(Duration.ofSeconds(10));
		assertThat(scrape(Statuses.completed("split"))).isZero();
		assertThat(phase(Phase.CONTRACT)).isZero();
		assertThat(status(Status.COMPLETED)).isOne();
		assertThat(gauge("concertina.backfill.progress")).isOne();
	}

	@Test
	void showNoChangeThatWasAtItsEndBefore() {
		scrape(Statuses.completed("split"));
		assertThat(this.registry.find("concertina.backfill.progress").gauge()).isNull();
	}

	@Test
	void askTheDatabaseOnceForAllOfThem() {
		scrape(Statuses.copying("split", 10), Statuses.copying("rename", 20));
		this.registry.getMeters().forEach((meter) -> meter.measure().forEach((measurement) -> measurement.getValue()));
		assertThat(this.looks).hasValue(1);
	}

	@Test
	void showNothingToCorrectOfAChangeThatIsAtItsEnd() {
		scrape(Statuses.failed("split", "unequal"));
		assertThat(gauge("concertina.mismatches")).isEqualTo(3);
		assertThat(gauge("concertina.poison.rows")).isEqualTo(2);
		this.clock.add(Duration.ofSeconds(10));
		scrape(Statuses.rolledBack("split"));
		assertThat(gauge("concertina.mismatches")).isZero();
		assertThat(gauge("concertina.poison.rows")).isZero();
	}

	@Test
	void letCountersOfAChangeBeginAtZero() {
		scrape(Statuses.copying("split", 10));
		assertThat(this.registry.get("concertina.batch.retries").tag("phase", "VERIFY").counter().count()).isZero();
		assertThat(this.registry.get("concertina.lock.timeouts").tag("change", "split").counter().count()).isZero();
	}

	@Test
	void areAllGauges() {
		scrape(Statuses.copying("split", 10));
		assertThat(this.registry.getMeters()).filteredOn((meter) -> meter.getId().getType() == Meter.Type.GAUGE)
			.extracting((meter) -> meter.getId().getName())
			.containsOnly(Stream.of(ConcertinaMeter.values())
				.filter((meter) -> meter.getType() == Meter.Type.GAUGE)
				.map(ConcertinaMeter::getName)
				.toArray(String[]::new));
	}

	private double scrape(ChangeStatus... changes) {
		this.database = List.of(changes);
		return this.registry.get("concertina.changes.active").gauge().value();
	}

	private double gauge(String name) {
		return this.registry.get(name).tag("change", "split").gauge().value();
	}

	private double phase(Phase phase) {
		return this.registry.get("concertina.change.phase").tag("phase", phase.name()).gauge().value();
	}

	private double status(Status status) {
		return this.registry.get("concertina.change.status").tag("status", status.name()).gauge().value();
	}

	private List<ChangeStatus> read() {
		this.looks.incrementAndGet();
		return this.database;
	}

}
