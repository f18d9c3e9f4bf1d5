package dev.concertina.story;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.plan.Phase;
import dev.concertina.schema.TableName;
import dev.concertina.state.State;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A signal of the application's own holds its backfill.
 */
@PostgresTest
class SignalIntegrationTests {

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	@Test
	void isToldWithItsReasonUntilItLetsGo(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop
			.builder(database, List.of(JobQueue.class), "concertina.throttle.interval=100ms")
			.web(WebApplicationType.SERVLET)
			.run()) {
			Customers.await().untilAsserted(() -> {
				JsonContent<Object> told = this.json.from(Shop.get(shop, "/actuator/concertina/mail_to_email").body());
				assertThat(told).extractingJsonPathStringValue("$.change.pause").contains("12 jobs wait");
				assertThat(told).extractingJsonPathArrayValue("$.change.signals[?(@.signal == 'job queue')].advice")
					.containsExactly("HOLD");
			});
			assertThat(Customers.status(shop).backfill().batches()).isZero();
			shop.getBean(JobQueue.class).waiting = 0;
			Customers.await(shop, State.running(Phase.CONTRACT));
			JsonContent<Object> told = this.json.from(Shop.get(shop, "/actuator/concertina/mail_to_email").body());
			assertThat(told).hasEmptyJsonPathValue("$.change.pause");
		}
	}

	static class JobQueue implements Signal {

		private volatile int waiting = 12;

		@Override
		public String name() {
			return "job queue";
		}

		@Override
		public Advice read(Set<TableName> tables) {
			String measured = "%d jobs wait".formatted(this.waiting);
			return (this.waiting > 0) ? Advice.hold(measured) : Advice.goOn(measured);
		}

	}

}
