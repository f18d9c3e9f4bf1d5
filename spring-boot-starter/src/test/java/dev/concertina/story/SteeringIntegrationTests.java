package dev.concertina.story;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A team steers its change by HTTP.
 */
@PostgresTest
class SteeringIntegrationTests {

	private static final String CHANGE = "/actuator/concertina/mail_to_email";

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	@Test
	void whatTheyMayDoIsInTheHistory(TestDatabase database) {
		Customers.fill(database, 1000);
		try (ConfigurableApplicationContext shop = start(database,
				"management.endpoint.concertina.access=unrestricted")) {
			assertThat(this.json.from(post(shop, "/pause", "{ \"reason\": \"too loud\" }").body()))
				.extractingJsonPathStringValue("$.status")
				.isEqualTo("PAUSED");
			assertThat(post(shop, "/tune", "{ \"workers\": 3, \"batchTime\": \"50ms\" }").statusCode()).isEqualTo(200);
			assertThat(post(shop, "/resume", "{}").statusCode()).isEqualTo(200);
			shop.getBean(Barrier.class).open();
			Customers.await(shop, State.running(Phase.CONTRACT));
			assertThat(post(shop, "/verify", "{}").statusCode()).isEqualTo(200);
			Customers.await(shop, State.running(Phase.CONTRACT));
			assertThat(post(shop, "/cancel", "{ \"reason\": \"not now\" }").statusCode()).isEqualTo(200);
			Customers.await(shop, new State(Phase.CONTRACT, Status.ROLLED_BACK));
			assertThat(Customers.history(shop).toString()).contains("actor=actuator", "reason=too loud",
					"reason=3 workers, batches of 50 ms from now on", "reason=not now");
		}
	}

	@Test
	void whatCantBeDoneIsRefusedWithTheReason(TestDatabase database) {
		Customers.fill(database, 10);
		try (ConfigurableApplicationContext shop = start(database,
				"management.endpoint.concertina.access=unrestricted")) {
			assertRefused(post(shop, "/repair", "{}"), "can't be repaired");
			assertRefused(post(shop, "/tune", "{ \"workers\": 0 }"), "0 workers", "Use 1 to 64");
			assertRefused(Shop.post(shop, "/actuator/concertina/unknown/pause", "{}"), "There is no change 'unknown'");
			assertThat(post(shop, "/explode", "{}").statusCode()).isEqualTo(400);
			shop.getBean(Barrier.class).open();
		}
	}

	@Test
	void nobodySteersUnlessItIsOpenedForWriting(TestDatabase database) {
		Customers.fill(database, 10);
		try (ConfigurableApplicationContext shop = start(database)) {
			assertThat(post(shop, "/pause", "{}").statusCode()).isEqualTo(405);
			assertThat(Customers.status(shop).state()).isEqualTo(State.running(Phase.BACKFILL));
			shop.getBean(Barrier.class).open();
		}
	}

	private static void assertRefused(HttpResponse<String> answer, String... reason) {
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains(reason);
	}

	private static HttpResponse<String> post(ConfigurableApplicationContext shop, String action, String body) {
		return Shop.post(shop, CHANGE + action, body);
	}

	private static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
		return Shop.builder(database, List.of(Held.class), properties).web(WebApplicationType.SERVLET).run();
	}

}
