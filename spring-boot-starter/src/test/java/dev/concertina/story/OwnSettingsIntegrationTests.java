package dev.concertina.story;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application has set for itself: its driver, its threads, and who looks at its
 * start.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class OwnSettingsIntegrationTests {

	@Test
	void theSettingsOfTheDriverAreNoMatterWithoutChanges(TestDatabase database, CapturedOutput output) {
		String setting = "spring.datasource.hikari.data-source-properties.autosave=never";
		Shop.start(database, Shop.WITHOUT_CHANGES, setting).close();
		assertThat(output).doesNotContain("cached plan must not change");
		Shop.start(database, setting).close();
		assertThat(output).contains("cached plan must not change");
	}

	@Test
	void whatAStartHasWaitedForIsAmongItsSteps(TestDatabase database) {
		Customers.fill(database, 10);
		Session report = database.session("report").begin().execute("LOCK customer IN ACCESS SHARE MODE");
		BufferingApplicationStartup startup = new BufferingApplicationStartup(10_000);
		SpringApplicationBuilder builder = Shop.builder(database, List.of(), "concertina.lock.timeout=50ms",
				"concertina.lock.budget=200ms", "concertina.lock.patience=1h");
		assertThatException().isThrownBy(() -> builder.applicationStartup(startup).run());
		report.commit();
		assertThat(startup.drainBufferedTimeline().getEvents()).extracting((event) -> event.getStartupStep())
			.filteredOn((step) -> step.getName().equals("concertina.migrate"))
			.singleElement()
			.satisfies((step) -> assertThat(step.getTags()).filteredOn((tag) -> tag.getKey().equals("waited for"))
				.singleElement()
				.satisfies((tag) -> assertThat(tag.getValue()).contains("report")));
	}

	@Test
	void virtualThreadsAreNoMatter(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop
			.builder(database, List.of(), "concertina.approved=mail_to_email", "spring.threads.virtual.enabled=true")
			.web(WebApplicationType.SERVLET)
			.run()) {
			Customers.await(shop, Customers.COMPLETED);
			assertThat(Shop.get(shop, "/actuator/concertina/mail_to_email").body()).contains("COMPLETED");
		}
	}

}
