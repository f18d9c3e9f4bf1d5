package dev.concertina.story;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.Steering;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.DatabaseScope;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody watches and steers a change that is held in its backfill.
 */
@PostgresTest(database = DatabaseScope.PER_CLASS)
class ConsoleBrowserIntegrationTests {

	private static final State PAUSED = new State(Phase.BACKFILL, Status.PAUSED);

	private static Chromium chromium;

	private static ConfigurableApplicationContext shop;

	private Onlooker onlooker;

	@BeforeAll
	static void start(TestDatabase database) {
		chromium = Chromium.start();
		Customers.fill(database, 20_000);
		shop = Shop
			.builder(database, List.of(Turnstile.OfCustomers.class), "concertina.console.enabled=true",
					"management.endpoint.concertina.access=unrestricted", "concertina.backfill.max-locked-rows=500",
					"concertina.shutdown-grace=10ms")
			.web(WebApplicationType.SERVLET)
			.run();
	}

	@AfterAll
	static void stop() {
		if (shop != null) {
			shop.getBean(Turnstile.class).open();
			shop.close();
		}
		if (chromium != null) {
			chromium.close();
		}
	}

	@BeforeEach
	void visit() {
		this.onlooker = chromium.visit(shop).open();
	}

	@AfterEach
	void leave() {
		this.onlooker.close();
		if (Customers.status(shop).state().equals(PAUSED)) {
			steering().resume(Customers.CHANGE, "test");
		}
	}

	@Test
	void showsThePhaseAndHowFarItIs() {
		assertThat(this.onlooker.phase()).hasText(Pattern.compile("Backfill\\s*running"));
		assertThat(this.onlooker.phase()).hasCount(1);
		Locator share = this.onlooker.change().locator("[data-key=backfill] .measure strong");
		String before = share.textContent();
		shop.getBean(Turnstile.class).pass(5);
		assertThat(share).not().hasText(before);
		assertThat(share).hasText(Pattern.compile("\\d+\\.\\d %"));
		assertThat(this.onlooker.change().locator("[data-key=history] tbody tr")).not().hasCount(0);
	}

	@Test
	void pausesAfterItHasAskedAndGoesOn() {
		this.onlooker.ask("Pause");
		assertThat(this.onlooker.dialog()).containsText("Its batches stop at their next border, on every instance.");
		this.onlooker.write("Reason", "too loud").agree();
		assertThat(this.onlooker.phase()).containsText("paused");
		assertThat(this.onlooker.banner()).hasText("too loud");
		assertThat(this.onlooker.page().locator("#news")).containsText("mail_to_email: Backfill, paused. too loud");
		assertThat(this.onlooker.dialog()).isHidden();
		assertThat(this.onlooker.focused()).isEqualTo("mail_to_email");
		assertThat(Customers.status(shop).state()).isEqualTo(PAUSED);
		this.onlooker.ask("Resume").agree();
		assertThat(this.onlooker.phase()).containsText("running");
		assertThat(this.onlooker.banner()).hasCount(0);
		assertThat(Customers.status(shop).state()).isEqualTo(State.running(Phase.BACKFILL));
		assertThat(this.onlooker.change().locator("[data-key=history]")).containsText("too loud");
	}

	@Test
	void doesNothingIfTheUserDoesNotWantIt() {
		this.onlooker.ask("Roll back");
		this.onlooker.dialog().getByText("Leave it as it is").click();
		assertThat(this.onlooker.dialog()).isHidden();
		assertThat(this.onlooker.focused()).isEqualTo("Roll back …");
		assertThat(Customers.status(shop).state()).isEqualTo(State.running(Phase.BACKFILL));
	}

	@Test
	void tunesAndTakesItBack() {
		this.onlooker.ask("Tune").write("Workers", "1").write("Batch time", "50").write("Pause", "0").agree();
		assertThat(this.onlooker.change().locator(".facts")).containsText("1 worker, batches of 50 ms");
		this.onlooker.ask("Tune");
		assertThat(this.onlooker.dialog().getByLabel("Batch time")).hasValue("50");
		this.onlooker.write("Workers", "").write("Batch time", "").write("Pause", "").agree();
		assertThat(this.onlooker.change().locator(".facts")).hasCount(0);
	}

	@Test
	void showsMarkupAsText() {
		String reason = "<img src=x onerror=\"document.title='taken over'\"><b>loud</b>";
		this.onlooker.ask("Pause").write("Reason", reason).agree();
		assertThat(this.onlooker.banner()).hasText(reason);
		assertThat(this.onlooker.change().locator("[data-key=history]")).containsText(reason);
		assertThat(this.onlooker.change().locator("img, b")).hasCount(0);
		assertThat(this.onlooker.page()).hasTitle("mail_to_email: paused – Concertina");
	}

	@Test
	void saysWhyTheEndpointHasRefused() {
		this.onlooker.ask("Pause").write("Reason", "late");
		steering().pause(Customers.CHANGE, "somebody else", "earlier");
		this.onlooker.agree();
		Locator refusal = this.onlooker.dialog().getByRole(AriaRole.ALERT);
		assertThat(refusal).containsText("Change 'mail_to_email' is in BACKFILL PAUSED and can't be paused");
		assertThat(refusal).containsText("Only a running change can be paused.");
		this.onlooker.page().keyboard().press("Escape");
		assertThat(this.onlooker.dialog()).isHidden();
		assertThat(this.onlooker.banner()).hasText("earlier");
	}

	@Test
	void needsNoMouse() {
		this.onlooker.tabTo("Pause …");
		this.onlooker.page().keyboard().press("Enter");
		this.onlooker.page().keyboard().type("by hand");
		this.onlooker.page().keyboard().press("Enter");
		assertThat(this.onlooker.banner()).hasText("by hand");
		assertThat(this.onlooker.focused()).isEqualTo("mail_to_email");
		this.onlooker.page().keyboard().press("Tab");
		assertThat(this.onlooker.focused()).isEqualTo("Resume …");
		this.onlooker.page().keyboard().press("Enter");
		assertThat(this.onlooker.focused()).isEqualTo("Leave it as it is");
		this.onlooker.page().keyboard().press("Tab");
		this.onlooker.page().keyboard().press("Enter");
		assertThat(this.onlooker.phase()).containsText("running");
	}

	@Test
	void fitsOnAPhone() {
		this.onlooker.page().setViewportSize(360, 740);
		assertThat(this.onlooker.phase()).isVisible();
		assertThat(this.onlooker.width()).isEqualTo(360);
		this.onlooker.ask("Tune");
		assertThat(this.onlooker.width()).isEqualTo(360);
		assertThat(this.onlooker.dialog().locator("[type=submit]")).isInViewport();
	}

	@Test
	void isDarkWhereTheUserWantsItDark() {
		assertThat(background(this.onlooker.page())).isEqualTo("rgb(243, 245, 247)");
		try (Onlooker other = chromium.visit(shop, new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK))) {
			assertThat(background(other.open().page())).isEqualTo("rgb(16, 21, 26)");
		}
	}

	@Test
	void standsStillWhenItIsToldTo() {
		Locator live = this.onlooker.page()
			.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Live").setExact(true));
		live.click();
		assertThat(live).hasAttribute("aria-pressed", "false");
		assertThat(this.onlooker.page().locator("#freshness")).containsText("Stopped at");
	}

	private static Steering steering() {
		return shop.getBean(Steering.class);
	}

	private static Object background(Page page) {
		return page.evaluate("() => getComputedStyle(document.body).backgroundColor");
	}

}
