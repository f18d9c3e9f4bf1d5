package dev.concertina.story;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.testing.TestDatabase;

/**
 * An application that uses the starter and nothing else of Concertina.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class,
		DataJdbcRepositoriesAutoConfiguration.class })
class Shop {

	/** As before the first change was written. */
	static final String WITHOUT_CHANGES = "concertina.locations=classpath:db/none";

	/** Spring Security is on the class path; who doesn't ask for it shall not have it. */
	private static final String WITHOUT_SECURITY = Stream
		.of("SecurityAutoConfiguration", "UserDetailsServiceAutoConfiguration",
				"actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
				"web.servlet.SecurityFilterAutoConfiguration", "web.servlet.ServletWebSecurityAutoConfiguration")
		.map("org.springframework.boot.security.autoconfigure."::concat)
		.collect(Collectors.joining(",", "spring.autoconfigure.exclude=", ""));

	static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
		return start(database, List.of(), properties);
	}

	static ConfigurableApplicationContext start(TestDatabase database, List<Class<?>> configurations,
			String... properties) {
		return builder(database, configurations, properties).run();
	}

	static SpringApplicationBuilder builder(TestDatabase database, List<Class<?>> configurations,
			String... properties) {
		List<String> all = new ArrayList<>(
				List.of("spring.datasource.url=" + database.url(), "spring.datasource.username=" + database.user(),
						"spring.datasource.password=" + database.password(), "spring.datasource.hikari.minimum-idle=0",
						"spring.datasource.hikari.data-source-properties.autosave=conservative",
						"spring.main.banner-mode=off", "server.port=0", "management.endpoints.web.exposure.include=*",
						"management.endpoint.health.show-details=always", "concertina.poll-interval=50ms",
						"concertina.contract.soak=0s", "concertina.fleet.harmless-sessions=test",
						"logging.level.dev.concertina=info", WITHOUT_SECURITY));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(Shop.class).sources(configurations.toArray(Class<?>[]::new))
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties(all.toArray(String[]::new));
	}

	static HttpResponse<String> get(ConfigurableApplicationContext context, String path) {
		return send(HttpRequest.newBuilder(uri(context, path)).build());
	}

	static HttpResponse<String> post(ConfigurableApplicationContext context, String path, String json) {
		return send(HttpRequest.newBuilder(uri(context, path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json))
			.build());
	}

	private static URI uri(ConfigurableApplicationContext context, String path) {
		return URI
			.create("http://localhost:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path));
	}

	private static HttpResponse<String> send(HttpRequest request) {
		try {
			return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(request + " is not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
