package dev.concertina.dualwrite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A column gets another name, and triggers keep both in step: an INSERT into both would
 * meet the row of the trigger.
 */
@PostgresTest
class KeptByTriggersIntegrationTests {

	private static final ChangeId CHANGE = ChangeId.of("mail_to_email");

	@Test
	void oneSideIsWrittenAndReadsMove(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			Addresses addresses = shop.getBean(Addresses.class);
			assertThat(addresses.insert(1, "ada@example.org")).isEqualTo("mail");
			assertThat(database.jdbc().sql("SELECT mail, email FROM customer").query().singleRow().values())
				.containsOnly("ada@example.org");
			set(database, "RUNNING");
			assertThat(addresses.insert(2, "bob@example.org")).isEqualTo("email");
			assertThat(addresses.findColumn(2)).isEqualTo("email");
			assertThat(database.jdbc()
				.sql("SELECT count(*) FROM customer WHERE mail = email")
				.query(Integer.class)
				.single()).isEqualTo(2);
			set(database, "ROLLING_BACK");
			assertThat(addresses.insert(3, "eve@example.org")).isEqualTo("mail");
		}
	}

	/**
	 * The old column has another name until it is back, and that may take a while.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "CONTRACTING", "RETIRED", "PAUSED", "FAILED", "UNRETIRING", "UNRETIRE_FAILED",
			"ROLLING_BACK", "ROLLBACK_FAILED" })
	void whatIsOutOfSightIsNotUsed(String status, TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			Addresses addresses = shop.getBean(Addresses.class);
			database.execute("UPDATE concertina.change SET retired_at = now()");
			set(database, status);
			database.execute("UPDATE concertina.change SET read_share = 0");
			assertThat(addresses.findColumn(1)).isEqualTo("email");
			assertThat(addresses.insert(1, "ada@example.org")).isEqualTo("email");
			set(database, "ROLLED_BACK");
			assertThat(addresses.findColumn(1)).isEqualTo("mail");
		}
	}

	@Test
	void callsGoOnWhileARollbackWaitsForItsLocks(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database, "concertina.backfill.enabled=true",
				"concertina.contract.soak=1h")) {
			Addresses addresses = shop.getBean(Addresses.class);
			Steering steering = shop.getBean(Steering.class);
			addresses.insert(1, "ada@example.org");
			await(shop, Status.RUNNING);
			steering.readShare(CHANGE, 100, "Ada");
			steering.approve(CHANGE, "Ada");
			await(shop, Status.RETIRED);
			DataSource other = new DriverManagerDataSource(database.url(), database.user(), database.password());
			new TransactionTemplate(new JdbcTransactionManager(other)).executeWithoutResult((transaction) -> {
				JdbcClient.create(other).sql("LOCK TABLE customer IN ACCESS SHARE MODE").update();
				steering.rollBack(CHANGE, "Ada", "it was a mistake");
				assertThat(addresses.findAddress(1)).hasValue("ada@example.org");
				assertThat(addresses.insert(2, "bob@example.org")).isEqualTo("email");
			});
			await(shop, Status.ROLLED_BACK);
			assertThat(addresses.findAddress(2)).hasValue("bob@example.org");
		}
	}

	private static void await(ConfigurableApplicationContext shop, Status status) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			State state = shop.getBean(Concertina.class).change(CHANGE).orElseThrow().state();
			return state.phase() == Phase.CONTRACT && state.status() == status;
		});
	}

	@Test
	void shadowsAreReadOnceRowsAreCopied(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database, "concertina.dual-write.shadow-share=100",
				"concertina.dual-write.hold-back=true")) {
			Addresses addresses = shop.getBean(Addresses.class);
			addresses.insert(1, "ada@example.org");
			database.execute("UPDATE concertina.change SET phase = 'BACKFILL'");
			addresses.findAddress(1);
			assertThat(count(shop, "skipped")).isOne();
			set(database, "RUNNING");
			assertThat(addresses.findAddress(1)).hasValue("ada@example.org");
			assertThat(count(shop, "reads")).isOne();
			assertThat(count(shop, "mismatches")).isZero();
			database.execute("SET session_replication_role = replica; UPDATE customer SET email = 'differs'");
			assertThat(addresses.findAddress(1)).hasValue("differs");
			assertThat(count(shop, "mismatches")).isOne();
			assertThat(addresses.findAddress(1)).as("held back").hasValue("ada@example.org");
		}
	}

	private static double count(ConfigurableApplicationContext shop, String meter) {
		return shop.getBean(MeterRegistry.class)
			.get("concertina.shadow." + meter)
			.tag("change", "mail_to_email")
			.counter()
			.count();
	}

	private static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
		List<String> all = new ArrayList<>(List.of("concertina.locations=classpath:db/evolution",
				"spring.flyway.locations=classpath:db/migration"));
		all.addAll(List.of(properties));
		return NoteShop.start(database,
				List.of(NoteShop.WithoutRepositories.class, OldAddresses.class, NewAddresses.class),
				all.toArray(String[]::new));
	}

	private static void set(TestDatabase database, String status) {
		database.execute(
				"UPDATE concertina.change SET phase = 'CONTRACT', status = '%s', read_share = 100".formatted(status));
	}

	@DualWrite("mail_to_email")
	interface Addresses {

		/**
		 * Returns which column was written.
		 */
		String insert(long id, String address);

		/**
		 * Returns which column is read.
		 */
		String findColumn(long id);

		Optional<String> findAddress(long id);

	}

	abstract static class Column implements Addresses {

		private final JdbcClient jdbc;

		private final String name;

		Column(JdbcClient jdbc, String name) {
			this.jdbc = jdbc;
			this.name = name;
		}

		@Override
		public String insert(long id, String address) {
			this.jdbc.sql("INSERT INTO customer (id, %s) VALUES (?, ?)".formatted(this.name))
				.params(id, address)
				.update();
			return this.name;
		}

		@Override
		public String findColumn(long id) {
			return this.name;
		}

		@Override
		public Optional<String> findAddress(long id) {
			return this.jdbc.sql("SELECT %s FROM customer WHERE id = ?".formatted(this.name))
				.param(id)
				.query((row, number) -> row.getString(1))
				.optional();
		}

	}

	@OldStructure("mail_to_email")
	static class OldAddresses extends Column {

		OldAddresses(JdbcClient jdbc) {
			super(jdbc, "mail");
		}

	}

	@NewStructure("mail_to_email")
	static class NewAddresses extends Column {

		NewAddresses(JdbcClient jdbc) {
			super(jdbc, "email");
		}

	}

}
