package dev.concertina.story;

import java.util.List;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;

import dev.concertina.console.ConsoleSecurity;
import dev.concertina.console.SpringConsoleSecurity;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody steers a change of an application with Spring Security.
 */
@PostgresTest
class ConsoleSecurityBrowserIntegrationTests {

	private static Chromium chromium;

	@BeforeAll
	static void start() {
		chromium = Chromium.start();
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
		}
	}

	@Test
	void sendsTheTokenOfTheSession(TestDatabase database) {
		pausesAndResumes(database, Guarded.class);
	}

	@Test
	void sendsTheTokenOfTheCookie(TestDatabase database) {
		pausesAndResumes(database, Guarded.class, TokenInCookie.class);
	}

	private static void pausesAndResumes(TestDatabase database, Class<?>... configurations) {
		Customers.fill(database, 1000);
		try (ConfigurableApplicationContext shop = start(database, configurations);
				Onlooker writer = visit(shop, Guarded.WRITER)) {
			writer.ask("Pause").write("Reason", "too loud").agree();
			assertThat(writer.phase()).containsText("paused");
			writer.ask("Resume").agree();
			assertThat(writer.phase()).containsText("running");
			assertThat(Customers.history(shop).toString()).contains("actor=writer");
			shop.getBean(Turnstile.class).open();
		}
	}

	@Test
	void whoMayOnlyLookIsOfferedNothing(TestDatabase database) {
		Customers.fill(database, 1000);
		try (ConfigurableApplicationContext shop = start(database, Guarded.class);
				Onlooker reader = visit(shop, Guarded.READER)) {
			assertThat(reader.phase()).containsText("running");
			assertThat(reader.button("Pause")).hasCount(0);
			assertThat(reader.page().locator("footer")).containsText("lets you look, but not steer");
			shop.getBean(Turnstile.class).open();
		}
	}

	@Test
	void whoIsRefusedIsToldSoAndNotAskedAgain(TestDatabase database) {
		Customers.fill(database, 1000);
		try (ConfigurableApplicationContext shop = start(database, Guarded.class, UnknownRules.class);
				Onlooker reader = visit(shop, Guarded.READER)) {
			reader.ask("Pause").agree();
			assertThat(reader.dialog()).containsText("You may look at changes, but not steer them.");
			reader.page().keyboard().press("Escape");
			assertThat(reader.button("Pause")).hasCount(0);
			assertThat(reader.page().locator("footer")).containsText("but not steer them");
			assertThat(Customers.status(shop).state()).isEqualTo(State.running(Phase.BACKFILL));
			shop.getBean(Turnstile.class).open();
		}
	}

	private static Onlooker visit(ConfigurableApplicationContext shop, String name) {
		return chromium.visit(shop, new Browser.NewContextOptions().setHttpCredentials(name, "secret")).open();
	}

	private static ConfigurableApplicationContext start(TestDatabase database, Class<?>... configurations) {
		return Shop
			.builder(database, List.of(configurations), Guarded.ON, "concertina.console.enabled=true",
					"management.endpoint.concertina.access=unrestricted", "concertina.shutdown-grace=10ms")
			.sources(Turnstile.OfCustomers.class)
			.web(WebApplicationType.SERVLET)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	static class UnknownRules {

		@Bean
		ConsoleSecurity security() {
			return new SpringConsoleSecurity(null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TokenInCookie {

		@Bean
		Customizer<CsrfConfigurer<HttpSecurity>> csrf() {
			return CsrfConfigurer::spa;
		}

	}

}
