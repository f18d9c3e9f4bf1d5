package dev.concertina.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import dev.concertina.failure.ConcertinaException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConsoleTests {

	private final MockMvcTester page = page("/concertina", ConsoleSecurity.none());

	@Test
	void thePageIsAFolderThatIsFoundBehindAnyProxy() {
		assertThat(this.page.get().uri("/concertina")).hasStatus(307).hasHeader("Location", "concertina/");
		assertThat(page("/ops/changes", ConsoleSecurity.none()).get().uri("/ops/changes")).hasHeader("Location",
				"changes/");
		assertThat(this.page.get().uri("/concertina/")).hasStatusOk().hasContentType("text/html;charset=UTF-8");
	}

	@Test
	void theBrowserMayDoNothingThatThePageDoesNotNeed() {
		for (ConsoleFile file : ConsoleFile.all()) {
			MvcTestResult answer = this.page.get().uri("/concertina/" + file.name()).exchange();
			assertThat(answer).hasStatusOk()
				.hasHeader("X-Content-Type-Options", "nosniff")
				.hasHeader("X-Frame-Options", "DENY")
				.hasHeader("Cache-Control", "no-cache, private");
			assertThat(answer.getResponse().getHeader("Content-Security-Policy")).contains("default-src 'none'")
				.contains("script-src 'self'")
				.contains("frame-ancestors 'none'")
				.doesNotContain("unsafe");
		}
	}

	@Test
	void aFileThatTheBrowserHasIsNotSentAgain() {
		String tag = this.page.get().uri("/concertina/console.js").exchange().getResponse().getHeader("ETag");
		assertThat(tag).isNotNull();
		assertThat(this.page.get().uri("/concertina/console.js").header("If-None-Match", String.valueOf(tag)))
			.hasStatus(304);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/concertina/Console.class", "/concertina/page", "/concertina/js/console.js",
			"/concertina/..%2Fpackage-info.class", "/concertina/%2e%2e" })
	void nothingElseOfTheJarIsServed(String path) {
		assertThat(this.page.get().uri(path).exchange().getResponse().getStatus()).isGreaterThanOrEqualTo(400);
	}

	@Test
	void everyFileOfTheFolderIsServed() throws IOException {
		Resource[] files = new PathMatchingResourcePatternResolver(getClass().getClassLoader())
			.getResources("classpath:dev/concertina/console/page/*");
		assertThat(ConsoleFile.all()).extracting(ConsoleFile::name)
			.containsExactlyInAnyOrderElementsOf(Stream.of(files).map(Resource::getFilename).toList());
	}

	@Test
	void nothingIsAskedOfAnotherHost() {
		Pattern address = Pattern.compile("(?:https?:)?//[\\w.-]+\\.\\w+[^\"'\\s]*");
		for (ConsoleFile file : ConsoleFile.all()) {
			assertThat(address.matcher(file.text()).results().map(MatchResult::group)).as(file.name())
				.allMatch("http://www.w3.org/2000/svg"::equals);
		}
	}

	@Test
	void noValueBecomesMarkup() {
		for (ConsoleFile file : ConsoleFile.all()) {
			assertThat(file.text()).as(file.name())
				.doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", " style=",
						"<script>", " onclick=");
		}
	}

	@Test
	void theSettingsTellThatTheEndpointIsNotExposed() {
		assertThat(this.page.get().uri("/concertina/settings.json")).hasStatusOk()
			.hasHeader("Cache-Control", "no-store")
			.bodyJson()
			.isStrictlyEqualTo("{ \"endpoint\": null, \"open\": false, \"actions\": [], \"csrf\": null }");
	}

	@Test
	void theSettingsTellWhereTheEndpointIsSeenFromThePage() {
		assertThat(page("/ops/changes", ConsoleSecurity.none(), "concertina").get().uri("/ops/changes/settings.json"))
			.bodyJson()
			.extractingPath("$.endpoint")
			.isEqualTo("../../manage/concertina");
	}

	@Test
	void theSettingsTellTheHeaderOfAWrite() {
		assertThat(page("/concertina", new SpringConsoleSecurity(null)).get()
			.uri("/concertina/settings.json")
			.requestAttr(CsrfToken.class.getName(), new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "abc"))).bodyJson()
			.extractingPath("$.csrf")
			.isEqualTo(Map.of("name", "X-CSRF-TOKEN", "token", "abc"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "concertina", "/concertina/", "/{id}", "/a b", "/..", "//a" })
	void aPathThatIsNoneIsRefused(String path) {
		assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> page(path, ConsoleSecurity.none()))
			.withMessage("The console can't be at '%s'", path)
			.satisfies((failure) -> assertThat(failure.action()).contains("concertina.console.path"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/manage/health", "/manage", "/manage/health/console" })
	void aPathOfAnEndpointIsRefused(String path) {
		assertThatExceptionOfType(ConcertinaException.class)
			.isThrownBy(() -> page(path, ConsoleSecurity.none(), "health"))
			.withMessage("The console can't be at %s: an Actuator endpoint is at /manage/health", path);
	}

	private static MockMvcTester page(String path, ConsoleSecurity security, String... endpoints) {
		List<ExposableWebEndpoint> exposed = Stream.of(endpoints)
			.<ExposableWebEndpoint>map((id) -> new ReadOnlyEndpoint(EndpointId.of(id)))
			.toList();
		WebEndpointsSupplier supplier = () -> exposed;
		Console console = new Console(path, new PathMappedEndpoints("/manage", supplier), security);
		return MockMvcTester.create(MockMvcBuilders.routerFunctions(console.routes()).build());
	}

}
