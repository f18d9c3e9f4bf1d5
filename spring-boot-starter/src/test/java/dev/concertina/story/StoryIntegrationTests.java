package dev.concertina.story;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.Steering;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A team adds the starter, writes one YAML file, and starts its application.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class StoryIntegrationTests {

	private static final int ROWS = 200_000;

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	@Test
	void aFileRenamesAColumnWhileTheApplicationRuns(TestDatabase database, CapturedOutput output) {
		Customers.fill(database, ROWS);
		try (ConfigurableApplicationContext shop = Shop.builder(database, List.of(Held.class))
			.web(WebApplicationType.SERVLET)
			.run()) {
			isUpAndHasCopiedNothing(shop);
			shop.getBean(Barrier.class).open();
			Customers.await(shop, State.running(Phase.CONTRACT));
			waitsForAnApprovalOnly(shop);
			showsItsPlan(shop);
			shop.getBean(Steering.class).approve(Customers.CHANGE, "Ada");
			Customers.await(shop, Customers.COMPLETED);
			hasAHistory(shop);
			Customers.await()
				.untilAsserted(() -> assertThat(output)
					.contains("mail_to_email - CONTRACT COMPLETED after CONTRACT CONTRACTING"));
		}
		assertThat(Customers.columns(database)).containsExactly("id", "email");
		assertThat(Customers.count(database, "email = 'mail' || id")).isEqualTo(ROWS);
	}

	private void isUpAndHasCopiedNothing(ConfigurableApplicationContext shop) {
		JsonContent<Object> changes = get(shop, "/actuator/concertina");
		assertThat(changes).extractingJsonPathStringValue("$.changes[0].id").isEqualTo("mail_to_email");
		assertThat(changes).extractingJsonPathStringValue("$.changes[0].phase").isEqualTo("BACKFILL");
		assertThat(changes).extractingJsonPathStringValue("$.changes[0].status").isEqualTo("RUNNING");
		assertThat(changes).extractingJsonPathNumberValue("$.changes[0].backfill.fraction").isEqualTo(0.0);
		assertThat(changes).extractingJsonPathArrayValue("$.changes[0].objections[*].problem")
			.anySatisfy((problem) -> assertThat(problem).asString()
				.startsWith("Change 'mail_to_email' is in BACKFILL RUNNING since 2"));
		JsonContent<Object> health = get(shop, "/actuator/health");
		assertThat(health).extractingJsonPathStringValue("$.status").isEqualTo("UP");
		assertThat(health).extractingJsonPathStringValue("$.components.concertina.details.mail_to_email.phase")
			.isEqualTo("BACKFILL");
		assertThat(shop.getBean(MeterRegistry.class).get("concertina.changes.active").gauge().value()).isOne();
	}

	private void waitsForAnApprovalOnly(ConfigurableApplicationContext shop) {
		JsonContent<Object> changes = get(shop, "/actuator/concertina");
		assertThat(changes).extractingJsonPathArrayValue("$.changes[0].objections[*].problem")
			.singleElement()
			.asString()
			.startsWith(
					"Nobody has approved that change 'mail_to_email' drops the old structure; it is in CONTRACT RUNNING since 2");
		assertThat(changes).extractingJsonPathNumberValue("$.changes[0].backfill.fraction").isEqualTo(1.0);
		assertThat(changes).extractingJsonPathNumberValue("$.changes[0].backfill.rows").isEqualTo(ROWS);
		assertThat(changes).extractingJsonPathBooleanValue("$.changes[0].verdict.clean").isTrue();
		MeterRegistry meters = shop.getBean(MeterRegistry.class);
		assertThat(meters.get("concertina.backfill.rows").tag("change", "mail_to_email").counter().count())
			.isEqualTo(ROWS);
	}

	private static void showsItsPlan(ConfigurableApplicationContext shop) {
		String plan = "/actuator/concertina/mail_to_email/";
		assertThat(Shop.get(shop, plan + "markdown").body()).startsWith("# Change `mail_to_email`");
		assertThat(Shop.get(shop, plan + "sql").body()).startsWith("-- Change mail_to_email");
		assertThat(Shop.get(shop, plan + "json").body()).contains("\"change\" : \"mail_to_email\"");
		assertThat(Shop.get(shop, plan + "poem").statusCode()).isEqualTo(400);
		assertThat(Shop.get(shop, "/actuator/concertina/unknown/sql").statusCode()).isEqualTo(404);
	}

	private void hasAHistory(ConfigurableApplicationContext shop) {
		JsonContent<Object> change = get(shop, "/actuator/concertina/mail_to_email");
		assertThat(change).extractingJsonPathStringValue("$.change.approvedBy").isEqualTo("Ada");
		assertThat(change).extractingJsonPathStringValue("$.change.status").isEqualTo("COMPLETED");
		assertThat(change).extractingJsonPathArrayValue("$.history[*].to")
			.containsExactly("BACKFILL RUNNING", "VERIFY RUNNING", "CONTRACT RUNNING", "CONTRACT RUNNING",
					"CONTRACT CONTRACTING", "CONTRACT COMPLETED");
		assertThat(Shop.get(shop, "/actuator/concertina/unknown").statusCode()).isEqualTo(404);
	}

	@Test
	void theSecondStartDoesNothing(TestDatabase database, CapturedOutput output) {
		try (ConfigurableApplicationContext shop = Shop.start(database, "concertina.approved=mail_to_email")) {
			Customers.await(shop, Customers.COMPLETED);
		}
		int events = events(database);
		try (ConfigurableApplicationContext shop = Shop.start(database, "concertina.approved=mail_to_email")) {
			Customers.await(shop, Customers.COMPLETED);
		}
		assertThat(events(database)).isEqualTo(events);
		assertThat(output).doesNotContain("WARN").doesNotContain("ERROR");
	}

	@Test
	void anEditedChangeIsRefusedWithProblemAndAction(TestDatabase database, CapturedOutput output) {
		Shop.start(database).close();
		assertThatException().isThrownBy(() -> Shop.start(database, "concertina.locations=classpath:edited/evolution"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("edited/evolution/V2__mail_to_email.yaml: Change 'mail_to_email' was edited after it was run")
			.contains("Action:")
			.contains("Correct what is listed and start again; nothing was changed in the database.");
	}

	private JsonContent<Object> get(ConfigurableApplicationContext shop, String path) {
		return this.json.from(Shop.get(shop, path).body());
	}

	private static int events(TestDatabase database) {
		return database.jdbc().sql("SELECT count(*) FROM concertina.event").query(Integer.class).single();
	}

}
