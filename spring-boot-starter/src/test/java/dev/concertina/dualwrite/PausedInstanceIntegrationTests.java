package dev.concertina.dualwrite;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.change.Change;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances, one of which is paused in the middle of a transaction while the rule
 * becomes another one.
 */
@PostgresTest
class PausedInstanceIntegrationTests {

	private static final Change CHANGE = Change.version("1", "mail_to_email")
		.keptBy(KeptBy.APPLICATION)
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	private final TestDatabase db;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	PausedInstanceIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void fill() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text)").withRows("customer", 50, "n, n");
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void nothingIsLostThatWasWrittenByTheRuleOfBefore() throws Exception {
		try (ConfigurableApplicationContext paused = start("concertina.backfill.enabled=false")) {
			this.db.execute("UPDATE concertina.change SET phase = 'EXPAND'");
			Pause old = new Pause(paused, 1, 2);
			this.db.execute("UPDATE concertina.change SET phase = 'DUAL_WRITE'");
			try (ConfigurableApplicationContext working = start("concertina.backfill.enabled=true")) {
				await(working, State.running(Phase.DUAL_WRITE), "transactions have begun before");
				assertThat(mails("mail <> 'new' AND email IS NOT NULL")).as("copied").isEmpty();
				old.end();
				await(working, State.running(Phase.CONTRACT), "Nobody has approved");
				assertThat(mails("mail IS DISTINCT FROM email")).as("not copied").isEmpty();
				Pause both = new Pause(paused, 3, 4);
				Steering steering = working.getBean(Steering.class);
				steering.readShare(CHANGE.id(), 100, "Ada");
				steering.approve(CHANGE.id(), "Ada");
				await(working, new State(Phase.CONTRACT, Status.CONTRACTING), "transactions have begun before");
				both.end();
				await(working, new State(Phase.CONTRACT, Status.COMPLETED), "");
			}
			assertThat(this.db.jdbc()
				.sql("SELECT email FROM customer WHERE id <= 5 ORDER BY id")
				.query(String.class)
				.list()).containsExactly("new", "new", "new", "new", "5");
		}
	}

	private List<String> mails(String condition) {
		return this.db.jdbc()
			.sql("SELECT mail FROM customer WHERE " + condition)
			.query((row, number) -> row.getString(1))
			.list();
	}

	private ConfigurableApplicationContext start(String... properties) {
		return NoteShop.start(this.db,
				List.of(NoteShop.WithoutRepositories.class, Renaming.class, OldAddresses.class, NewAddresses.class),
				properties);
	}

	private static void await(ConfigurableApplicationContext instance, State state, String objection) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			ChangeStatus status = instance.getBean(Concertina.class).change(CHANGE.id()).orElseThrow();
			assertThat(status.state()).isEqualTo(state);
			assertThat(status.objections().toString()).contains(objection);
		});
	}

	/**
	 * A transaction that writes a row, is paused, and writes another one.
	 */
	private final class Pause {

		private final CountDownLatch paused = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final Future<?> transaction;

		Pause(ConfigurableApplicationContext instance, long first, long second) throws InterruptedException {
			Addresses addresses = instance.getBean(Addresses.class);
			TransactionTemplate template = new TransactionTemplate(instance.getBean(PlatformTransactionManager.class));
			Callable<Boolean> writes = () -> template.execute((status) -> {
				addresses.save(first, "new");
				this.paused.countDown();
				try {
					this.goOn.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				addresses.save(second, "new");
				return true;
			});
			this.transaction = PausedInstanceIntegrationTests.this.threads.submit(writes);
			this.paused.await();
		}

		void end() throws Exception {
			this.goOn.countDown();
			this.transaction.get();
		}

	}

	@DualWrite("mail_to_email")
	interface Addresses {

		void save(long id, String address);

	}

	abstract static class Column implements Addresses {

		private final JdbcClient jdbc;

		private final String name;

		Column(JdbcClient jdbc, String name) {
			this.jdbc = jdbc;
			this.name = name;
		}

		@Override
		public void save(long id, String address) {
			this.jdbc.sql("UPDATE customer SET %s = ? WHERE id = ?".formatted(this.name)).params(address, id).update();
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

	@Configuration(proxyBeanMethods = false)
	static class Renaming {

		@Bean
		Change mailToEmail() {
			return CHANGE;
		}

	}

}
