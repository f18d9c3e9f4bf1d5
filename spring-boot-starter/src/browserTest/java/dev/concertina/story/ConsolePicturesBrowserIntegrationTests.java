package dev.concertina.story;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Takes pictures of the console, into {@code target/console}: for people to look at, and
 * for the documentation.
 */
@PostgresTest
class ConsolePicturesBrowserIntegrationTests {

	private static final Path PICTURES = Path.of("target/console");

	/** How many looks make a curve. */
	private static final int LOOKS = Integer.getInteger("console.looks", 6);

	/** So that less than half is copied when the first picture is taken. */
	private static final double BATCHES_A_BEAT = 36.0 / LOOKS;

	@Test
	void ofFourChanges(TestDatabase database) {
		Bazaar.fill(database);
		try (Chromium chromium = Chromium.start();
				ConfigurableApplicationContext shop = Shop.builder(database, List.of(Bazaar.class), Bazaar.PROPERTIES)
					.properties("concertina.console.enabled=true", "concertina.shutdown-grace=10ms",
							"management.endpoint.concertina.access=unrestricted")
					.web(WebApplicationType.SERVLET)
					.run();
				Onlooker onlooker = chromium.visit(shop)) {
			ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor();
			Future<?> work = letPass(shop.getBean(Turnstile.class), clerk);
			try {
				take(onlooker);
			}
			finally {
				work.cancel(true);
				clerk.shutdownNow();
				shop.getBean(Turnstile.class).open();
			}
		}
	}

	private static void take(Onlooker onlooker) {
		onlooker.page().setViewportSize(1280, 900);
		onlooker.open("/concertina/#/payment_created_at");
		Locator curve = onlooker.change().locator("[data-key=charts] polyline").first();
		assertThat(curve).hasAttribute("points", Pattern.compile("(\\S+ ){%d}.*".formatted(LOOKS)),
				new LocatorAssertions.HasAttributeOptions().setTimeout(LOOKS * 4_000));
		picture(onlooker, "running", ColorScheme.LIGHT);
		picture(onlooker, "running-dark", ColorScheme.DARK);
		onlooker.ask("Pause");
		picture(onlooker, "pause-dark", ColorScheme.DARK);
		picture(onlooker, "pause", ColorScheme.LIGHT);
		onlooker.page().keyboard().press("Escape");
		onlooker.choose("item_price_as_number");
		assertThat(onlooker.change().locator("[data-key=poison] tbody tr")).hasCount(2);
		picture(onlooker, "failed", ColorScheme.LIGHT);
		picture(onlooker, "failed-dark", ColorScheme.DARK);
		onlooker.choose("shipment_address");
		assertThat(onlooker.change().locator("[data-key=objections]")).containsText("approved");
		assertThat(onlooker.change().locator("[data-key=history] tbody tr")).not().hasCount(0);
		picture(onlooker, "waiting", ColorScheme.LIGHT);
		onlooker.page().setViewportSize(360, 780);
		onlooker.choose("payment_created_at");
		picture(onlooker, "phone", ColorScheme.LIGHT);
		picture(onlooker, "phone-dark", ColorScheme.DARK);
	}

	private static void picture(Onlooker onlooker, String name, ColorScheme scheme) {
		onlooker.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
		onlooker.page()
			.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png"))
				.setAnimations(ScreenshotAnimations.DISABLED)
				.setFullPage(!name.contains("pause")));
	}

	/** Now more batches, now fewer. */
	private static Future<?> letPass(Turnstile turnstile, ScheduledExecutorService clerk) {
		AtomicInteger beat = new AtomicInteger();
		return clerk.scheduleAtFixedRate(() -> {
			double wave = Math.sin(beat.incrementAndGet() / 9.0) + 0.4 * Math.sin(beat.get() / 2.5);
			turnstile.pass((int) Math.round(BATCHES_A_BEAT * (1 + 0.5 * wave)));
		}, 0, 400, TimeUnit.MILLISECONDS);
	}

}
