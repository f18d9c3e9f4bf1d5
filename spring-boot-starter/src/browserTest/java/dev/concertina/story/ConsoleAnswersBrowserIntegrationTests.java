package dev.concertina.story;

import java.util.List;

import com.microsoft.playwright.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.testing.DatabaseScope;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the console makes of whatever the endpoint may answer.
 */
@PostgresTest(database = DatabaseScope.PER_CLASS)
class ConsoleAnswersBrowserIntegrationTests {

	private static final String MARKUP = "<img src=x onerror=alert(1)>";

	private static Chromium chromium;

	private static ConfigurableApplicationContext shop;

	private Onlooker onlooker;

	@BeforeAll
	static void start(TestDatabase database) {
		chromium = Chromium.start();
		shop = Shop.builder(database, List.of(), "concertina.console.enabled=true")
			.web(WebApplicationType.SERVLET)
			.run();
	}

	@AfterAll
	static void stop() {
		if (shop != null) {
			shop.close();
		}
		if (chromium != null) {
			chromium.close();
		}
	}

	@BeforeEach
	void visit() {
		this.onlooker = chromium.visit(shop);
	}

	@AfterEach
	void leave() {
		this.onlooker.close();
	}

	@Test
	void whoeverCantSteerIsToldHowToAndSeesNoButton() {
		this.onlooker.open();
		assertThat(this.onlooker.page().locator("footer")).containsText("access=unrestricted");
		assertThat(this.onlooker.change().locator("button")).hasCount(0);
	}

	@Test
	void noValueBecomesMarkup() {
		String change = Answers.change("BACKFILL", "FAILED", quoted(MARKUP), """
				, "approvedBy": "%1$s", "pause": "%1$s", "objections": [{ "problem": "%1$s", "action": "%1$s" }],
				  "signals": [{ "signal": "%1$s", "advice": "%1$s", "reason": "%1$s" }],
				  "verdict": { "at": "2026-11-01T10:00:00Z", "rows": 5, "missing": 1, "different": 0, "extra": 0,
				               "clean": false }""".formatted(MARKUP));
		show(change, """
				, "fleet": [{ "id": "%1$s", "application": "%1$s", "version": "%1$s",
				              "lastHeartbeat": "2026-11-01T10:00:00Z", "acknowledged": { "%1$s": "%1$s" } }]"""
			.formatted(MARKUP), Answers.details(change, MARKUP));
		assertThat(this.onlooker.change().locator("[data-key=fleet]")).containsText(MARKUP);
		assertThat(this.onlooker.change().locator("[data-key=history]")).containsText(MARKUP);
		assertThat(this.onlooker.page().getByText(MARKUP).all()).hasSizeGreaterThan(15);
		assertThat(this.onlooker.page().locator("main img, nav img")).hasCount(0);
	}

	@Test
	void instancesAreShownWhereTheEndpointKnowsThem() {
		String change = Answers.change("CONTRACT", "RUNNING", "null", "");
		show(change, "", Answers.details(change, "x"));
		assertThat(this.onlooker.phase()).containsText("Contract");
		assertThat(this.onlooker.change().locator("[data-key=fleet]")).hasCount(0);
		show(change,
				"""
						, "fleet": [{ "id": "a-1", "application": "shop", "version": "1.4", "lastHeartbeat": "2026-11-01T10:00:00Z",
						              "acknowledged": "DUAL_WRITE" }]""",
				Answers.details(change, "x"));
		assertThat(this.onlooker.change().locator("[data-key=fleet]")).containsText("1.4");
	}

	@ParameterizedTest
	@CsvSource({ "BACKFILL, RUNNING, run, running", "VERIFY, PAUSED, pause, paused", "BACKFILL, FAILED, fail, failed",
			"CONTRACT, CONTRACTING, run, dropping the old structure", "BACKFILL, ROLLING_BACK, back, rolling back",
			"CONTRACT, ROLLBACK_FAILED, fail, rollback failed",
			"CONTRACT, RETIRED, wait, old structure out of sight",
			"CONTRACT, UNRETIRING, back, bringing the old structure back",
			"CONTRACT, UNRETIRE_FAILED, fail, could not be brought back" })
	void aStandingIsToldByAWordAndASign(String phase, String status, String sign, String word) {
		String change = Answers.change(phase, status, "null", "");
		show(change, "", Answers.details(change, "x"));
		assertThat(this.onlooker.phase().locator(".word")).hasText(word);
		assertThat(this.onlooker.phase().locator(".sign")).hasAttribute("data-key", sign);
	}

	@Test
	void tellsHowFastAndHowLong() {
		String change = Answers.change("BACKFILL", "RUNNING", "null", "");
		show(change, "", Answers.details(change, "x"));
		assertThat(this.onlooker.change().locator("[data-key=backfill]")).containsText("43.3 %");
		assertThat(this.onlooker.change().locator("[data-key=backfill]")).containsText("about 13 min left");
		assertThat(this.onlooker.change().locator("[data-key=backfill]")).containsText(
				"1,234,567 rows copied in 3,210 batches · 12,346 rows/s in the last minute · 2 rows could not be copied");
	}

	@ParameterizedTest
	@CsvSource({ "401, You are not signed in", "403, You may not read the endpoint", "404, is not where it was",
			"405, can’t be read", "500, has answered with 500" })
	void whatTheEndpointRefusesIsToldInPlainWords(int status, String words) {
		this.onlooker.page()
			.route("**/actuator/concertina", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(status)));
		this.onlooker.open();
		assertThat(this.onlooker.page().locator("#trouble")).containsText(words);
	}

	@Test
	void aPageToSignInAtIsNotTakenForAnAnswer() {
		this.onlooker.page()
			.route("**/actuator/concertina", (route) -> route
				.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("<h1>Sign in</h1>")));
		this.onlooker.open();
		assertThat(this.onlooker.page().locator("#trouble")).containsText("You are not signed in");
	}

	@Test
	void anApplicationThatIsGoneLeavesWhatWasSeenAndComesBack() {
		this.onlooker.open();
		assertThat(this.onlooker.page().locator("#freshness")).containsText("Updated");
		this.onlooker.page().route("**/actuator/concertina", Route::abort);
		assertThat(this.onlooker.page().locator("#trouble")).containsText("The application does not answer.");
		assertThat(this.onlooker.page().locator("#freshness")).containsText("As of");
		assertThat(this.onlooker.page().locator("h2#heading")).isVisible();
		this.onlooker.page().unroute("**/actuator/concertina");
		assertThat(this.onlooker.page().locator("#trouble")).isEmpty();
	}

	private void show(String change, String more, String details) {
		this.onlooker.page().route("**/actuator/concertina", (route) -> route.fulfill(json(Answers.all(change, more))));
		this.onlooker.page().route("**/actuator/concertina/split_order_items", (route) -> route.fulfill(json(details)));
		this.onlooker.open();
	}

	private static Route.FulfillOptions json(String body) {
		return new Route.FulfillOptions().setContentType("application/json").setBody(body);
	}

	private static String quoted(String text) {
		return "\"%s\"".formatted(text);
	}

}
