package dev.concertina.story;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.springframework.context.ConfigurableApplicationContext;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who looks at the console, and remembers what the browser has asked for and
 * what it has complained of.
 */
final class Onlooker implements AutoCloseable {

	private final BrowserContext context;

	private final Page page;

	private final String host;

	private final Set<String> hosts = new TreeSet<>();

	private final List<String> complaints = new ArrayList<>();

	Onlooker(BrowserContext context, ConfigurableApplicationContext shop) {
		this.context = context;
		this.context.setDefaultTimeout(20_000);
		this.page = context.newPage();
		this.host = "localhost:" + shop.getEnvironment().getRequiredProperty("local.server.port");
		this.page.onRequest((request) -> this.hosts.add(URI.create(request.url()).getAuthority()));
		this.page.onPageError(this.complaints::add);
		this.page.onConsoleMessage((message) -> {
			if ("error".equals(message.type()) && !message.text().startsWith("Failed to load resource")) {
				this.complaints.add(message.text());
			}
		});
	}

	Onlooker open() {
		return open("/concertina");
	}

	Onlooker open(String path) {
		this.page.navigate("http://%s%s".formatted(this.host, path));
		return this;
	}

	Page page() {
		return this.page;
	}

	Locator change() {
		return this.page.getByRole(AriaRole.MAIN);
	}

	void choose(String id) {
		this.page.getByRole(AriaRole.NAVIGATION).getByText(id).click();
		assertThat(change().locator("#heading")).hasText(id);
	}

	Locator phase() {
		return change().locator(".step[aria-current=step]");
	}

	Locator banner() {
		return change().locator(".banner");
	}

	Locator dialog() {
		return this.page.getByRole(AriaRole.DIALOG);
	}

	Locator button(String name) {
		return change().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name + " …"));
	}

	Onlooker ask(String action) {
		button(action).click();
		assertThat(dialog()).isVisible();
		return this;
	}

	Onlooker write(String field, String value) {
		dialog().getByLabel(Pattern.compile("^" + field)).fill(value);
		return this;
	}

	void agree() {
		dialog().locator("[type=submit]").click();
	}

	String focused() {
		return String.valueOf(this.page.evaluate("() => document.activeElement.textContent.trim()"));
	}

	/** Presses Tab until something has the focus. */
	void tabTo(String text) {
		for (int press = 0; press < 40; press++) {
			this.page.keyboard().press("Tab");
			if (focused().equals(text)) {
				return;
			}
		}
		throw new AssertionError("No Tab leads to '%s'".formatted(text));
	}

	int width() {
		return ((Number) this.page.evaluate("() => document.documentElement.scrollWidth")).intValue();
	}

	@Override
	public void close() {
		this.context.close();
		assertThat(this.hosts).as("hosts that were asked").isSubsetOf(this.host);
		assertThat(this.complaints).as("complaints of the browser").isEmpty();
	}

}
