package dev.concertina.dualwrite;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A column gets another name, and triggers keep both in step: an INSERT into both would
 * meet the row of the trigger.
 */
@PostgresTest
class KeptByTriggersIntegrationTests {

	@Test
	void oneSideIsWrittenAndReadsMove(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database,
				List.of(NoteShop.WithoutRepositories.class, OldAddresses.class, NewAddresses.class),
				"concertina.locations=classpath:db/evolution", "spring.flyway.locations=classpath:db/migration")) {
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
