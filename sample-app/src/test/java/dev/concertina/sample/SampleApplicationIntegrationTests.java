package dev.concertina.sample;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.sample.fleet.Fleet;
import dev.concertina.sample.tour.Summary;
import dev.concertina.sample.tour.Tour;
import dev.concertina.state.Status;

import static org.assertj.core.api.Assertions.assertThat;

class SampleApplicationIntegrationTests {

	@TempDir
	Path directory;

	@Test
	void leadsTheChangeToItsEndUnderTrafficAndLeavesItThere() throws Exception {
		Summary first = run();
		assertThat(first.completedBefore()).isFalse();
		assertThat(first.status().state().status()).isEqualTo(Status.COMPLETED);
		assertThat(first.status().readShare()).isEqualTo(100);
		assertThat(first.status().backfill().rows()).isBetween(10_000L, 15_000L);
		assertThat(first.before().orders()).isEqualTo(5_000);
		assertThat(first.requests().served()).isGreaterThan(100);
		assertUnharmed(first);
		Summary second = run();
		assertThat(second.completedBefore()).isTrue();
		assertThat(second.status().since()).isEqualTo(first.status().since());
		assertThat(second.requests().served()).isGreaterThan(10);
		assertUnharmed(second);
	}

	private static void assertUnharmed(Summary summary) {
		assertThat(summary.requests().failed()).isZero();
		assertThat(summary.mismatches()).isZero();
		assertThat(summary.audit().there()).isEqualTo(summary.audit().booked());
		assertThat(summary.toString()).contains("mismatches:       0", "failed requests:  0", "rows lost:        none");
	}

	private Summary run() throws Exception {
		try (ConfigurableApplicationContext stage = SampleApplication.start("--sample.orders=5000",
				"--sample.data-directory=" + this.directory, "--sample.tour.stay=500ms",
				"--sample.traffic.requests-per-second=400", "--server.port=0")) {
			Tour tour = stage.getBean(Fleet.class).running("new").orElseThrow().getBean(Tour.class);
			return tour.summary().get(2, TimeUnit.MINUTES);
		}
	}

}
