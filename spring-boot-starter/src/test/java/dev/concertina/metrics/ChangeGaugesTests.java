package dev.concertina.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.concertina.ChangeStatus;
import dev.concertina.plan.Phase;
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
		assertThat(gauge("concertina.change.failed")).isOne();
	}

	@Test
	void showAChangeToItsEnd() {
		scrape(Statuses.comparing("split", 10, 0));
		this.clock.add(Duration.ofSeconds(10));
		assertThat(scrape(Statuses.completed("split"))).isZero();
		assertThat(phase(Phase.CONTRACT)).isZero();
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
	void areAllDescribedAndHaveFewTags() {
		scrape(Statuses.copying("split", 10));
		assertThat(this.registry.getMeters()).map(Meter::getId)
			.allSatisfy((id) -> assertThat(id.getDescription()).isNotBlank())
			.flatMap(Meter.Id::getTags)
			.map(Tag::getKey)
			.containsOnly("change", "phase");
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

	private List<ChangeStatus> read() {
		this.looks.incrementAndGet();
		return this.database;
	}

}
