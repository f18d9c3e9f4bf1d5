package dev.concertina.story;

import java.net.http.HttpResponse;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console of an application with Spring Security.
 */
@PostgresTest
class ConsoleSecurityIntegrationTests {

	private static final String PAUSE = "/actuator/concertina/mail_to_email/pause";

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	@Test
	void isRefusedWhereTheEndpointIs(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			for (String path : List.of("/concertina", "/concertina/", "/concertina/console.js",
					"/concertina/settings.json", "/actuator/concertina")) {
				assertThat(Visitor.of(shop).get(path).statusCode()).as(path).isEqualTo(401);
				assertThat(Visitor.of(shop).signedInAs(Guarded.GUEST).get(path).statusCode()).as(path).isEqualTo(403);
				assertThat(Visitor.of(shop).signedInAs(Guarded.READER).get(path).statusCode()).as(path).isLessThan(400);
			}
			shop.getBean(Barrier.class).open();
		}
	}

	@Test
	void theHeaderOfItsSettingsIsWhatAWriteNeeds(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = start(database)) {
			Visitor writer = Visitor.of(shop).signedInAs(Guarded.WRITER);
			assertThat(writer.post(PAUSE, "{}").statusCode()).isIn(401, 403);
			HttpResponse<String> answer = writer.get("/concertina/settings.json");
			assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
			JsonContent<Object> settings = this.json.from(answer.body());
			assertThat(settings).extractingJsonPathArrayValue("$.actions").contains("PAUSE");
			assertThat(writer.post(PAUSE, "{ \"phase\": \"BACKFILL\", \"reason\": \"too loud\" }", header(settings))
				.statusCode()).isEqualTo(200);
			assertThat(Customers.status(shop).state()).isEqualTo(new State(Phase.BACKFILL, Status.PAUSED));
			assertThat(Customers.history(shop).toString()).contains("actor=" + Guarded.WRITER);
			shop.getBean(Barrier.class).open();
		}
	}

	@Test
	void whoMayOnlyLookIsRefusedAlsoWithTheHeader(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = start(database)) {
			Visitor reader = Visitor.of(shop).signedInAs(Guarded.READER);
			JsonContent<Object> settings = this.json.from(reader.get("/concertina/settings.json").body());
			assertThat(settings).extractingJsonPathBooleanValue("$.open").isTrue();
			assertThat(settings).extractingJsonPathArrayValue("$.actions").isEmpty();
			assertThat(reader.post(PAUSE, "{}", header(settings)).statusCode()).isEqualTo(403);
			assertThat(Customers.status(shop).state()).isEqualTo(State.running(Phase.BACKFILL));
			shop.getBean(Barrier.class).open();
		}
	}

	private static String[] header(JsonContent<Object> settings) {
		assertThat(settings).hasJsonPathStringValue("$.csrf.name").hasJsonPathStringValue("$.csrf.token");
		return new String[] { value(settings, "$.csrf.name"), value(settings, "$.csrf.token") };
	}

	private static String value(JsonContent<Object> settings, String path) {
		return JsonPath.read(settings.getJson(), path);
	}

	private static ConfigurableApplicationContext start(TestDatabase database) {
		return Shop
			.builder(database, List.of(Held.class, Guarded.class), Guarded.ON, "concertina.console.enabled=true",
					"management.endpoint.concertina.access=unrestricted", "concertina.shutdown-grace=10ms")
			.web(WebApplicationType.SERVLET)
			.run();
	}

}
