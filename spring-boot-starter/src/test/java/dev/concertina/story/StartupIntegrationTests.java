package dev.concertina.story;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.concertina.change.Change;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.LogEntry;
import dev.concertina.state.State;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What happens while an application starts.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class StartupIntegrationTests {

	private static final String APPROVED = "concertina.approved=mail_to_email";

	private static final String IN_OPS_CHANGES = "concertina.schema=ops_changes";

	private static final String[] BASELINED = { APPROVED, "spring.flyway.baseline-on-migrate=true",
			"spring.flyway.baseline-version=1" };

	@Test
	void aNewDatabaseHasNoOldStructureWhenTheStartIsOver(TestDatabase database) {
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED)) {
			assertThat(Customers.columns(database)).containsExactly("id", "email");
			assertThat(Customers.history(shop)).extracting(LogEntry::actor).contains("property concertina.approved");
		}
	}

	@Test
	void anApprovalOfTheConfigurationLetsAKnownChangeContract(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop.start(database)) {
			Customers.await(shop, State.running(Phase.CONTRACT));
		}
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED)) {
			Customers.await(shop, Customers.COMPLETED);
			assertThat(Customers.status(shop).approvedBy()).isEqualTo("property concertina.approved");
		}
	}

	@Test
	void anApprovalOfNoChangeIsToldOf(TestDatabase database, CapturedOutput output) {
		Shop.start(database, "concertina.approved=mail-to-email").close();
		assertThat(output).contains("mail-to-email - No change has this id; correct concertina.approved");
	}

	@Test
	void aTableThatWasThereBeforeFlywayIsCopiedInTheBackground(TestDatabase database) {
		database.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text NOT NULL)");
		database.withRows("customer", 10_000, "n, 'mail' || n");
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(Held.class), BASELINED)) {
			assertThat(Customers.status(shop).state()).isEqualTo(State.running(Phase.BACKFILL));
			shop.getBean(Barrier.class).open();
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void aBeanIsTheSameChangeAsAFile(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop.start(database)) {
			Customers.await(shop, State.running(Phase.CONTRACT));
		}
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(ChangeBean.class), APPROVED,
				Shop.WITHOUT_CHANGES)) {
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void aFileAndABeanOfOneVersionAreRefused(TestDatabase database, CapturedOutput output) {
		assertThatException().isThrownBy(() -> Shop.start(database, List.of(ChangeBean.class)));
		assertThat(output).contains("Version 2 is taken by db/evolution/V2__mail_to_email.yaml")
			.contains("Give one of them another version");
	}

	@Test
	void aPoolWithoutAutoCommitIsNoObstacle(TestDatabase database) {
		Shop.start(database, Shop.WITHOUT_CHANGES, "spring.datasource.hikari.auto-commit=false").close();
		database.withRows("customer", 100, "n, 'mail' || n");
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED,
				"spring.datasource.hikari.auto-commit=false")) {
			Customers.await(shop, Customers.COMPLETED);
			assertThat(Customers.history(shop)).extracting(LogEntry::actor).contains("flyway", "concertina");
		}
		assertThat(Customers.count(database, "email = 'mail' || id")).isEqualTo(100);
		assertThat(database.jdbc().sql("SELECT fresh FROM concertina.installation").query(Boolean.class).single())
			.isFalse();
	}

	@Test
	void whatGoesOnInTheBackgroundHasTheRightsOfFlywayAndTheNameOfTheInstance(TestDatabase database) {
		createRoles(database);
		database.execute("GRANT CREATE ON DATABASE %s TO shop_owner".formatted(database.name()));
		Shop.start(database, withRoles(database, Shop.WITHOUT_CHANGES)).close();
		database.withRows("customer", 100, "n, 'mail' || n");
		try (ConfigurableApplicationContext shop = Shop.start(database, withRoles(database, APPROVED))) {
			Customers.await(shop, Customers.COMPLETED);
			assertThat(database.jdbc()
				.sql("SELECT count(DISTINCT name) FROM concertina.instance CROSS JOIN unnest(sessions) AS name")
				.query(Integer.class)
				.single()).isEqualTo(1);
		}
		assertThat(Customers.columns(database)).containsExactly("id", "email");
		assertThat(Customers.count(database, "email = 'mail' || id")).isEqualTo(100);
	}

	@Test
	void aRoleThatMayNotMakeTheSchemaIsToldWhoMustDoIt(TestDatabase database, CapturedOutput output) {
		createRoles(database);
		assertThatException().isThrownBy(() -> Shop.start(database, withRoles(database, APPROVED)));
		assertThat(output).contains("Role shop_owner may neither create the schema concertina nor make anything in it")
			.contains("CREATE SCHEMA concertina AUTHORIZATION shop_owner");
		database.execute("CREATE SCHEMA concertina AUTHORIZATION shop_owner");
		try (ConfigurableApplicationContext shop = Shop.start(database, withRoles(database, APPROVED))) {
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void theStateIsInTheSchemaThatIsNamed(TestDatabase database) {
		Customers.fill(database, 100, IN_OPS_CHANGES);
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED, IN_OPS_CHANGES)) {
			Customers.await(shop, Customers.COMPLETED);
			assertThat(database.jdbc().sql("SELECT count(*) FROM ops_changes.instance").query(Integer.class).single())
				.isEqualTo(1);
		}
		assertThat(database.jdbc()
			.sql("SELECT nspname FROM pg_namespace WHERE nspname IN ('concertina', 'ops_changes')")
			.query((row, number) -> row.getString(1))
			.list()).containsExactly("ops_changes");
	}

	@Test
	void aSchemaThatIsNoPlainNameIsRefused(TestDatabase database, CapturedOutput output) {
		assertThatException().isThrownBy(() -> Shop.start(database, "concertina.schema=Ops-Changes"));
		assertThat(output).contains("'Ops-Changes' can't be the schema of the state")
			.contains("Write at most 63 lower-case letters");
	}

	@Test
	void anotherSchemaThanAtTheFirstStartIsRefused(TestDatabase database, CapturedOutput output) {
		Shop.start(database, IN_OPS_CHANGES).close();
		assertThatException().isThrownBy(() -> Shop.start(database));
		assertThat(output).contains(
				"Changes [mail_to_email] were run, but schema concertina knows nothing of them; schema ops_changes does")
			.contains("Set concertina.schema to ops_changes");
	}

	@Test
	void aSchemaThatADbaHasMadeIsTaken(TestDatabase database, CapturedOutput output) {
		createRoles(database);
		assertThatException().isThrownBy(() -> Shop.start(database, withRoles(database, APPROVED, IN_OPS_CHANGES)));
		assertThat(output).contains("CREATE SCHEMA \"ops_changes\" AUTHORIZATION shop_owner");
		database.execute("CREATE SCHEMA ops_changes AUTHORIZATION shop_owner");
		try (ConfigurableApplicationContext shop = Shop.start(database,
				withRoles(database, APPROVED, IN_OPS_CHANGES))) {
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	private static void createRoles(TestDatabase database) {
		for (String role : List.of("shop_owner", "shop_app")) {
			database.execute(
					"DO $$ BEGIN IF to_regrole('%1$s') IS NULL THEN CREATE ROLE %1$s LOGIN PASSWORD 'secret'; END IF; END $$"
						.formatted(role));
		}
		database.execute("GRANT ALL ON SCHEMA public TO shop_owner");
	}

	/**
	 * Without the user that the address may hold, which counts for more than a property.
	 */
	private static String[] withRoles(TestDatabase database, String... properties) {
		return Stream.concat(Stream.of(properties),
				Stream.of("spring.datasource.url=" + database.url().replaceFirst("[?].*", ""),
						"spring.datasource.username=shop_app", "spring.datasource.password=secret",
						"spring.flyway.user=shop_owner", "spring.flyway.password=secret"))
			.toArray(String[]::new);
	}

	@Test
	void aChangeThatIsDisabledDoesNotBegin(TestDatabase database) {
		Customers.fill(database, 100);
		Shop.start(database, "concertina.disabled=mail_to_email").close();
		assertThat(Customers.columns(database)).containsExactly("id", "mail");
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED)) {
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void aChangeThatIsNotThereCantBeDisabled(TestDatabase database, CapturedOutput output) {
		assertThatException().isThrownBy(() -> Shop.start(database, "concertina.disabled=mail-to-email"));
		assertThat(output).contains("There is no change 'mail-to-email' to be disabled")
			.contains("Write one of [mail_to_email] under concertina.disabled");
	}

	@Test
	void anOwnStrategyMayCallTheBridge(TestDatabase database) {
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(BridgeStrategy.class), APPROVED)) {
			Customers.await(shop, Customers.COMPLETED);
		}
	}

	@Test
	void anOwnStrategyThatForgetsTheBridgeIsTold(TestDatabase database, CapturedOutput output) {
		assertThatException().isThrownBy(() -> Shop.start(database, List.of(PlainStrategy.class)));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Change 'mail_to_email' can't be run by Flyway alone")
			.contains("Call FlywayBridge.migrate(flyway) in place of flyway.migrate()");
	}

	@Configuration(proxyBeanMethods = false)
	static class ChangeBean {

		@Bean
		Change mailToEmail() {
			return Change.version("2", "mail_to_email").operation(RenameColumn.of("customer", "mail", "email")).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BridgeStrategy {

		@Bean
		FlywayMigrationStrategy strategy(FlywayBridge bridge) {
			return bridge::migrate;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PlainStrategy {

		@Bean
		FlywayMigrationStrategy strategy() {
			return (flyway) -> flyway.migrate();
		}

	}

}
