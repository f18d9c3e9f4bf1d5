package dev.concertina.story;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.testing.DatabaseScope;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A team switches the console on.
 */
@PostgresTest(database = DatabaseScope.PER_CLASS)
class ConsoleIntegrationTests {

	private static final String ENABLED = "concertina.console.enabled=true";

	private final TestDatabase database;

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	ConsoleIntegrationTests(TestDatabase database) {
		this.database = database;
	}

	@Test
	void isServedOnlyWhereItIsSwitchedOn() {
		try (ConfigurableApplicationContext shop = start()) {
			assertThat(Visitor.of(shop).get("/concertina/").statusCode()).isEqualTo(404);
			assertThat(Visitor.of(shop).get("/concertina/settings.json").statusCode()).isEqualTo(404);
		}
		try (ConfigurableApplicationContext shop = start(ENABLED)) {
			Visitor visitor = Visitor.of(shop);
			assertThat(visitor.get("/concertina").headers().firstValue("Location")).hasValue("concertina/");
			HttpResponse<String> page = visitor.get("/concertina/");
			assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("mail_to_email");
			assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
				.contains("frame-ancestors 'none'");
			assertThat(visitor.get("/concertina/console.js").headers().firstValue("Content-Type"))
				.hasValue("text/javascript;charset=UTF-8");
			assertThat(visitor.post("/concertina/", "{}").statusCode()).isGreaterThanOrEqualTo(400);
		}
	}

	@Test
	void findsTheEndpointWhereverItIs() {
		try (ConfigurableApplicationContext shop = start(ENABLED, "server.servlet.context-path=/shop",
				"management.endpoints.web.base-path=/ops/manage", "concertina.console.path=/ops/changes",
				"management.endpoints.web.path-mapping.concertina=schema")) {
			JsonContent<Object> settings = this.json
				.from(Visitor.of(shop).get("/shop/ops/changes/settings.json").body());
			assertThat(settings).extractingJsonPathStringValue("$.endpoint").isEqualTo("../../ops/manage/schema");
			assertThat(Visitor.of(shop).get("/shop/ops/manage/schema").body()).contains("mail_to_email");
		}
	}

	@Test
	void offersWhatTheEndpointDoes() {
		try (ConfigurableApplicationContext shop = start(ENABLED)) {
			assertThat(settings(Visitor.of(shop))).extractingJsonPathArrayValue("$.actions").isEmpty();
		}
		try (ConfigurableApplicationContext shop = start(ENABLED,
				"management.endpoint.concertina.access=unrestricted")) {
			assertThat(settings(Visitor.of(shop))).extractingJsonPathArrayValue("$.actions")
				.contains("PAUSE", "RESUME", "APPROVE");
		}
		try (ConfigurableApplicationContext shop = start(ENABLED, "management.endpoint.concertina.access=unrestricted",
				"management.endpoints.access.max-permitted=read-only")) {
			assertThat(settings(Visitor.of(shop))).extractingJsonPathArrayValue("$.actions").isEmpty();
		}
	}

	@Test
	void noWriteIsTakenThatAnotherSiteCouldSend() {
		try (ConfigurableApplicationContext shop = start(ENABLED,
				"management.endpoint.concertina.access=unrestricted")) {
			String resume = "/actuator/concertina/mail_to_email/resume";
			assertThat(Visitor.of(shop).postAsForm(resume).statusCode()).isEqualTo(415);
			assertThat(Visitor.of(shop).postNothing(resume).statusCode()).isEqualTo(415);
			assertThat(Visitor.of(shop).post(resume, "{}").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void saysThatTheEndpointIsNotExposed() {
		try (ConfigurableApplicationContext shop = start(ENABLED, "management.endpoints.web.exposure.include=health")) {
			assertThat(settings(Visitor.of(shop))).hasEmptyJsonPathValue("$.endpoint");
		}
	}

	@Test
	void isWhereTheEndpointsAreIfTheseHaveAPortOfTheirOwn() {
		try (ConfigurableApplicationContext shop = start(ENABLED, "management.server.port=0",
				"management.server.base-path=/admin")) {
			assertThat(Visitor.of(shop).get("/concertina/").statusCode()).isEqualTo(404);
			Visitor operator = Visitor.ofManagement(shop);
			assertThat(operator.get("/admin/concertina/").body()).startsWith("<!doctype html>");
			JsonContent<Object> settings = this.json.from(operator.get("/admin/concertina/settings.json").body());
			assertThat(settings).extractingJsonPathStringValue("$.endpoint").isEqualTo("../actuator/concertina");
			assertThat(operator.get("/admin/actuator/concertina").statusCode()).isEqualTo(200);
		}
	}

	private JsonContent<Object> settings(Visitor visitor) {
		return this.json.from(visitor.get("/concertina/settings.json").body());
	}

	private ConfigurableApplicationContext start(String... properties) {
		return Shop.builder(this.database, List.of(), properties).web(WebApplicationType.SERVLET).run();
	}

}
