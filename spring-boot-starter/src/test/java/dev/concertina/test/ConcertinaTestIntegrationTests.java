package dev.concertina.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ConcertinaTest(properties = { "concertina.locations=classpath:db/evolution",
		"spring.flyway.locations=classpath:db/migration" })
@DirtiesContext
class ConcertinaTestIntegrationTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	@Autowired
	private RehearsedChanges changes;

	@DynamicPropertySource
	static void useTheTestDatabase(DynamicPropertyRegistry properties) {
		properties.add("spring.datasource.url", DATABASE::url);
		properties.add("spring.datasource.username", DATABASE::user);
		properties.add("spring.datasource.password", DATABASE::password);
	}

	@Test
	void allChangesCameToTheirEnd() {
		assertThat(this.changes.assertCompleted().plans()).extracting((change) -> change.plan().change())
			.containsExactly("mail_to_email", "hand_made");
		assertThat(DATABASE.jdbc().sql("SELECT count(*) FROM customer WHERE email IS NULL").query(Long.class).single())
			.isZero();
	}

	@Test
	void mistakesAreTold() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.changes::assertNoMistakes)
			.withMessage("hand_made can't be rolled back: nothing undoes 'make a table'");
	}

	@Test
	void aPlanThatIsStaleIsTold(@TempDir Path folder) throws Exception {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.changes.assertPlans(folder))
			.withMessageContaining("mail_to_email.md is stale");
		for (var plan : this.changes.plans()) {
			Files.writeString(folder.resolve(plan.plan().change() + ".md"), plan.markdown());
		}
		assertThat(this.changes.assertPlans(folder)).isSameAs(this.changes);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		@Bean
		Change handMade() {
			return Change.version("3", "hand_made").operation(new Careless("handmade")).build();
		}

	}

	/**
	 * An operation of somebody who has not thought of the way back.
	 */
	record Careless(String table) implements Operation {

		@Override
		public Schema compile(Schema before, PlanBuilder plan) {
			plan.expand(Ddl.of("make a table", List.of(), List.of("CREATE TABLE %s (id bigint)".formatted(this.table)),
					List.of()));
			return before;
		}

	}

}
