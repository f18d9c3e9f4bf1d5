package dev.concertina.story;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.change.Change;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.plan.Phase;
import dev.concertina.prometheus.PrometheusServer;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A change that everything happens to, and what a Prometheus tells of it that looks at
 * two instances.
 */
@PostgresTest
class MonitoringIntegrationTests {

	private static final Change CHANGE = Change.version("1", "to_cents")
		.operation(ChangeColumnType.of("item", "price", "cents", "int", "price::int", "cents::text"))
		.build();

	private final TestDatabase db;

	MonitoringIntegrationTests(TestDatabase db) {
		this.db = db;
		db.execute("CREATE TABLE item (id bigint PRIMARY KEY, price text, pad text)")
			.withRows("item", 2000, "n, n, repeat('x', 200)")
			.execute("UPDATE item SET price = 'seven' WHERE id = 7");
	}

	@Test
	void nothingThatHappensToAChangeGoesUnseen() {
		try (ConfigurableApplicationContext worker = start();
				ConfigurableApplicationContext other = start("concertina.backfill.enabled=false");
				PrometheusServer prometheus = PrometheusServer.watching(List.of(port(worker), port(other)))) {
			Sightings sightings = new Sightings(prometheus, CHANGE.id().value());
			standsStillAndIsHeld(worker, sightings);
			assertThat(prometheus.labels("concertina_change_phase", "change")).containsExactly(CHANGE.id().value());
			copiesAndFailsAtARow(worker, sightings);
			findsADifference(worker, sightings);
			waitsForItsContract(worker, sightings);
			sightings.assertComplete();
		}
	}

	private void standsStillAndIsHeld(ConfigurableApplicationContext worker, Sightings sightings) {
		sightings.awaitAlert("ConcertinaChangeStalled");
		sightings.awaitNumbers("Active changes", "Phases", "Status", "Objections");
		worker.getBean(Pedal.class).set(Pedal.HOLD);
		sightings.awaitAlert("ConcertinaThrottled");
		sightings.awaitNumbers("Pauses by reason");
	}

	private void copiesAndFailsAtARow(ConfigurableApplicationContext worker, Sightings sightings) {
		worker.getBean(Pedal.class).set(Pedal.SLOW);
		sightings.awaitNumbers("Retries of batches", "Time left", "Rows per second: {{change}} copied",
				"Duration of batches", "Rows per batch", "Progress: {{change}} copied");
		sightings.awaitNoAlert("ConcertinaChangeStalled");
		worker.getBean(Pedal.class).set(Pace.FULL);
		await(worker, new State(Phase.BACKFILL, Status.FAILED));
		sightings.awaitNumbers("Poison rows");
		sightings.awaitAlert("ConcertinaPoisonRows");
		sightings.awaitAlert("ConcertinaChangeFailed");
	}

	private void findsADifference(ConfigurableApplicationContext worker, Sightings sightings) {
		this.db.execute("UPDATE item SET price = '7' WHERE id = 7",
				"BEGIN; SET LOCAL session_replication_role = replica; UPDATE item SET cents = 1 WHERE id = 20; COMMIT");
		worker.getBean(Steering.class).resume(CHANGE.id(), "Ada");
		await(worker, new State(Phase.VERIFY, Status.FAILED));
		sightings.awaitNumbers("Mismatches", "Progress: {{change}} compared");
		sightings.awaitAlert("ConcertinaMismatches");
		sightings.awaitNoAlert("ConcertinaPoisonRows");
		worker.getBean(Steering.class).repair(CHANGE.id(), "Ada");
		await(worker, State.running(Phase.CONTRACT));
		sightings.awaitNoAlert("ConcertinaMismatches");
		sightings.awaitNoAlert("ConcertinaChangeFailed");
	}

	private void waitsForItsContract(ConfigurableApplicationContext worker, Sightings sightings) {
		sightings.awaitAlert("ConcertinaContractOverdue");
		Session report = this.db.session("report").begin().execute("SELECT FROM item LIMIT 1");
		worker.getBean(Steering.class).approve(CHANGE.id(), "Ada");
		sightings.awaitNumbers("Lock timeouts");
		sightings.awaitAlert("ConcertinaChangeWaits");
		report.commit();
		await(worker, new State(Phase.CONTRACT, Status.RETIRED));
		assertThatExceptionOfType(BadSqlGrammarException.class)
			.isThrownBy(() -> worker.getBean(JdbcTemplate.class).queryForList("SELECT price FROM item"));
		sightings.awaitAlert("ConcertinaOldStructureMissed");
		worker.getBean(Steering.class).drop(CHANGE.id(), "Ada", "nobody needs it");
		await(worker, new State(Phase.CONTRACT, Status.COMPLETED));
		sightings.awaitNoAlert("ConcertinaContractOverdue");
	}

	private ConfigurableApplicationContext start(String... properties) {
		return Shop
			.builder(this.db, List.of(Monitored.class), Shop.WITHOUT_CHANGES, "server.address=127.0.0.1",
					"spring.flyway.locations=classpath:db/none", "spring.flyway.baseline-on-migrate=true",
					"spring.flyway.baseline-version=0", "concertina.backfill.max-locked-rows=50",
					"concertina.lock.timeout=100ms", "concertina.contract.soak=1d", "concertina.lock.patience=1h",
					"concertina.fleet.harmless-sessions=test,report")
			.properties(properties)
			.web(WebApplicationType.SERVLET)
			.run();
	}

	private static int port(ConfigurableApplicationContext shop) {
		return shop.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static void await(ConfigurableApplicationContext shop, State state) {
		Concertina concertina = shop.getBean(Concertina.class);
		Customers.await().until(() -> concertina.change(CHANGE.id()).orElseThrow().state().equals(state));
	}

	@Configuration(proxyBeanMethods = false)
	static class Monitored {

		@Bean
		Change toCents() {
			return CHANGE;
		}

		@Bean
		Pedal pedal() {
			return new Pedal();
		}

	}

}
