package dev.concertina.story;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The Chromium of this machine. Tests that need it are skipped where there is none, but
 * fail on CI.
 */
final class Chromium implements AutoCloseable {

	private static final String MISSING = "Chromium is not installed (Debian: apt-get install chromium)";

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run");

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Path program) {
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(ARGUMENTS));
	}

	static Chromium start() {
		Optional<Path> program = Stream
			.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
					"/Applications/Chromium.app/Contents/MacOS/Chromium",
					"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		if (program.isEmpty()) {
			assertThat(System.getenv("CI")).as(MISSING).isNotEqualTo("true");
		}
		return new Chromium(program.orElseGet(() -> abort(MISSING)));
	}

	Onlooker visit(ConfigurableApplicationContext shop) {
		return visit(shop, new Browser.NewContextOptions());
	}

	Onlooker visit(ConfigurableApplicationContext shop, Browser.NewContextOptions options) {
		return new Onlooker(this.browser.newContext(options), shop);
	}

	@Override
	public void close() {
		this.playwright.close();
	}

}
