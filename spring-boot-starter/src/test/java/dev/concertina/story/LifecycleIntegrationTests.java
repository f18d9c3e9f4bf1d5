package dev.concertina.story;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.actuate.ConcertinaHealthIndicator;
import dev.concertina.contract.GateCondition;
import dev.concertina.contract.Objection;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.MigrationListener;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.Throttle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes on between the start and the end of an application.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class LifecycleIntegrationTests {

	private static final String APPROVED = "concertina.approved=mail_to_email";

	@Test
	void throttlesConditionsAndListenersMayNeedTheDatabase(TestDatabase database) {
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(NeedsDatabase.class), APPROVED)) {
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void listenersAreToldWhatHappenedWhileFlywayRan(TestDatabase database) {
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(NeedsDatabase.class), APPROVED)) {
			assertThat(shop.getBean(Recorder.class).states()).contains(Customers.COMPLETED);
		}
	}

	@Test
	void aConditionOfTheApplicationKeepsTheOldStructure(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(NeedsDatabase.class), APPROVED)) {
			Customers.await(shop, State.running(Phase.CONTRACT));
			assertThat(Customers.status(shop).objections()).extracting(Objection::problem)
				.containsExactly("There are 100 customers");
			database.execute("DELETE FROM customer");
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void aContextThatWasStoppedGoesOnWhenItIsStarted(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(Held.class), APPROVED,
				"concertina.shutdown-grace=10ms")) {
			shop.stop();
			shop.getBean(Barrier.class).open();
			shop.start();
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void theEndOfTheApplicationWaitsNoLongerThanItMay(TestDatabase database, CapturedOutput output) {
		Customers.fill(database, 100);
		ConfigurableApplicationContext shop = Shop.start(database, List.of(Held.class),
				"concertina.shutdown-grace=10ms");
		Barrier barrier = shop.getBean(Barrier.class);
		Customers.await().until(barrier::isReached);
		shop.close();
		assertThat(output).contains("A batch was still at work after PT0.01S");
		barrier.open();
	}

	@Test
	void anInstanceMayLeaveTheBackfillToOthers(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext web = Shop.start(database, "concertina.backfill.enabled=false")) {
			assertThat(web.getBean("concertinaLifecycle", Lifecycle.class).isRunning()).isFalse();
			assertThat(Customers.status(web).state()).isEqualTo(State.running(Phase.BACKFILL));
			try (ConfigurableApplicationContext worker = Shop.start(database, "spring.flyway.enabled=false")) {
				Customers.await(worker, State.running(Phase.CONTRACT));
			}
		}
	}

	@Test
	void anInstanceWithoutFlywayWaitsForOneThatMigrates(TestDatabase database, CapturedOutput output) {
		try (ConfigurableApplicationContext worker = Shop.start(database, "spring.flyway.enabled=false", APPROVED)) {
			assertThat(output).contains("Changes [mail_to_email] wait for Flyway, which has not run here");
			assertThat(worker.getBean(ConcertinaHealthIndicator.class).health().getDetails()).containsKey("startup");
			Customers.fill(database, 100);
			Shop.start(database, "concertina.backfill.enabled=false").close();
			Customers.await(worker, Customers.COMPLETED);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsDatabase {

		@Bean
		Throttle throttle(JdbcClient jdbc) {
			return (change) -> {
				jdbc.sql("SELECT count(*) FROM customer").query(Integer.class).single();
				return Pace.FULL;
			};
		}

		@Bean
		GateCondition condition(JdbcClient jdbc) {
			return (candidate) -> {
				int customers = jdbc.sql("SELECT count(*) FROM customer").query(Integer.class).single();
				return (customers == 0) ? Optional.empty()
						: Optional.of(new Objection("There are %d customers".formatted(customers), "Delete them."));
			};
		}

		@Bean
		Recorder recorder(JdbcClient jdbc) {
			return new Recorder(jdbc);
		}

	}

	record Recorder(JdbcClient jdbc, List<State> states) implements MigrationListener {

		Recorder(JdbcClient jdbc) {
			this(jdbc, new CopyOnWriteArrayList<>());
		}

		@Override
		public void on(MigrationEvent event) {
			if (event instanceof StateChanged changed) {
				this.states.add(changed.to());
			}
		}

	}

}
