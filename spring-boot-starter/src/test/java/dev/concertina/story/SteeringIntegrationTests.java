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

	private static final String BACKFILL = "{ \"phase\": \"BACKFILL\" }";

	private static final String CONTRACT = "{ \"phase\": \"CONTRACT\" }";

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	@Test
	void whatTheyMayDoIsInTheHistory(TestDatabase database) {
		Customers.fill(database, 1000);
		try (ConfigurableApplicationContext shop = start(database,
				"management.endpoint.concertina.access=unrestricted")) {
			assertThat(this.json
				.from(post(shop, "/pause", "{ \"phase\": \"BACKFILL\", \"reason\": \"too loud\" }").body()))
				.extractingJsonPathStringValue("$.change.status")
				.isEqualTo("PAUSED");
			assertThat(post(shop, "/tune", "{ \"phase\": \"BACKFILL\", \"workers\": 3, \"batchTime\": \"50ms\" }")
				.statusCode()).isEqualTo(200);
			assertThat(post(shop, "/resume", BACKFILL).statusCode()).isEqualTo(200);
			shop.getBean(Barrier.class).open();
			Customers.await(shop, State.running(Phase.CONTRACT));
			assertThat(post(shop, "/verify", CONTRACT).statusCode()).isEqualTo(200);
			Customers.await(shop, State.running(Phase.CONTRACT));
			assertThat(post(shop, "/cancel", "{ \"phase\": \"CONTRACT\", \"reason\": \"not now\" }").statusCode())
				.isEqualTo(200);
			Customers.await(shop, new State(Phase.CONTRACT, Status.ROLLED_BACK));
			assertThat(Customers.history(shop).toString()).contains("actor=actuator", "reason=too loud",
					"reason=3 workers, batches of 50 ms from now on", "reason=not now");
		}
	}

	@Test
	void theAnswerIsOfTheCall(TestDatabase database) {
		Customers.fill(database, 10);
		try (ConfigurableApplicationContext shop = start(database,
				"management.endpoint.concertina.access=unrestricted")) {
			assertThat(this.json.from(post(shop, "/approve", BACKFILL).body()))
				.extractingJsonPathStringValue("$.event.reason")
				.isEqualTo("contract approved");
			assertThat(this.json.from(post(shop, "/tune", "{ \"phase\": \"BACKFILL\", \"workers\": 3 }").body()))
				.extractingJsonPathStringValue("$.event.reason")
				.isEqualTo("3 workers from now on");
			assertThat(this.json.from(post(shop, "/approve", BACKFILL).body())).hasEmptyJsonPathValue("$.event");
			shop.getBean(Barrier.class).open();
		}
	}

	@Test
	void whatCantBeDoneIsRefusedWithTheReason(TestDatabase database) {
		Customers.fill(database, 10);
		try (ConfigurableApplicationContext shop = start(database,
				"management.endpoint.concertina.access=unrestricted")) {
			assertRefused(post(shop, "/repair", BACKFILL), "can't be repaired");
			assertRefused(post(shop, "/tune", "{ \"phase\": \"BACKFILL\", \"workers\": 0 }"), "0 workers",
					"Use 1 to 64");
			assertRefused(Shop.post(shop, "/actuator/concertina/unknown/pause", BACKFILL),
					"There is no change 'unknown'");
			assertRefused(post(shop, "/pause", "{}"), "No phase is given", "Send 'phase'");
			assertRefused(post(shop, "/pause", CONTRACT), "can't be steered as if it were in CONTRACT", "decide anew");
			assertThat(post(shop, "/explode", BACKFILL).statusCode()).isEqualTo(400);
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

	@Test
	void theyRetireBringBackAndDropTheOldStructure(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = start(database, "management.endpoint.concertina.access=unrestricted",
				"concertina.contract.soak=1d")) {
			shop.getBean(Barrier.class).open();
			Customers.await(shop, State.running(Phase.CONTRACT));
			assertThat(post(shop, "/contract", CONTRACT).statusCode()).isEqualTo(200);
			Customers.await(shop, new State(Phase.CONTRACT, Status.RETIRED));
			assertThat(Customers.columns(database)).doesNotContain("mail");
			assertThat(post(shop, "/unretire", CONTRACT).statusCode()).isEqualTo(200);
			Customers.await(shop, new State(Phase.CONTRACT, Status.PAUSED));
			assertThat(Customers.columns(database)).contains("mail");
			assertThat(post(shop, "/resume", CONTRACT).statusCode()).isEqualTo(200);
			assertThat(post(shop, "/contract", CONTRACT).statusCode()).isEqualTo(200);
			Customers.await(shop, new State(Phase.CONTRACT, Status.RETIRED));
			assertThat(post(shop, "/drop", CONTRACT).statusCode()).isEqualTo(200);
			Customers.await(shop, Customers.COMPLETED);
			assertThat(Customers.columns(database)).containsExactly("id", "email");
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
