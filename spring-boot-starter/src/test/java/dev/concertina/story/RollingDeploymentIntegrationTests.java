package dev.concertina.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.contract.Objection;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three instances of one version are replaced by three of the next, one by one, while
 * requests come in.
 */
@PostgresTest
class RollingDeploymentIntegrationTests {

	private static final int INSTANCES = 3;

	@Test
	void noRequestFailsAndTheContractWaitsForTheLastInstanceOfTheOldVersion(TestDatabase database) throws Exception {
		Customers.fill(database, 1000);
		List<Deployed> old = new ArrayList<>();
		List<Deployed> current = new ArrayList<>();
		try {
			for (int number = 0; number < INSTANCES; number++) {
				old.add(Deployed.oldVersion(database));
			}
			for (int number = 0; number < INSTANCES; number++) {
				current.add(Deployed.newVersion(database));
				Customers.await(current.get(0).shop(), State.running(Phase.CONTRACT));
				String waitsForOld = "%d of %d instances do not approve change 'mail_to_email': shop 1.4 ("
					.formatted(INSTANCES - number, INSTANCES + 1);
				// A session that a pool opens just now has no name for a moment
				Customers.await()
					.untilAsserted(() -> assertThat(problems(current.get(0))).singleElement()
						.asString()
						.startsWith(waitsForOld));
				old.get(number).close();
			}
			Customers.await(current.get(0).shop(), Customers.COMPLETED);
		}
		finally {
			old.forEach(Deployed::close);
			current.forEach(Deployed::close);
		}
		assertThat(old).allSatisfy((instance) -> assertThat(instance.failures()).isEmpty());
		assertThat(current).allSatisfy((instance) -> assertThat(instance.failures()).isEmpty());
		assertThat(Customers.columns(database)).containsExactly("id", "email");
	}

	private static BuildProperties build(String version) {
		Properties entries = new Properties();
		entries.setProperty("version", version);
		return new BuildProperties(entries);
	}

	private static List<String> problems(Deployed instance) {
		return Customers.status(instance.shop()).objections().stream().map(Objection::problem).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class OldBuild {

		@Bean
		BuildProperties build() {
			return RollingDeploymentIntegrationTests.build("1.4");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NewBuild {

		@Bean
		BuildProperties build() {
			return RollingDeploymentIntegrationTests.build("2.0");
		}

	}

	/**
	 * An instance that serves requests.
	 */
	private static final class Deployed implements AutoCloseable {

		private final ConfigurableApplicationContext shop;

		private final Thread requests;

		private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

		private final AtomicInteger served = new AtomicInteger();

		private volatile boolean closing;

		private Deployed(ConfigurableApplicationContext shop, String column) {
			this.shop = shop;
			JdbcTemplate jdbc = shop.getBean(JdbcTemplate.class);
			String update = "UPDATE customer SET %s = ? WHERE id = ?".formatted(column);
			String select = "SELECT %s FROM customer WHERE id = ?".formatted(column);
			this.requests = new Thread(() -> serve(jdbc, update, select), "requests");
			this.requests.start();
			Customers.await().until(() -> this.served.get() > 10 || !this.failures.isEmpty());
		}

		static Deployed oldVersion(TestDatabase database) {
			return new Deployed(Shop.start(database, List.of(OldBuild.class), Shop.WITHOUT_CHANGES,
					"spring.application.name=shop", "spring.flyway.ignore-migration-patterns=*:future"), "mail");
		}

		static Deployed newVersion(TestDatabase database) {
			return new Deployed(Shop.start(database, List.of(NewBuild.class), "spring.application.name=shop",
					"concertina.approved=mail_to_email"), "email");
		}

		ConfigurableApplicationContext shop() {
			return this.shop;
		}

		Queue<Exception> failures() {
			return this.failures;
		}

		private void serve(JdbcTemplate jdbc, String update, String select) {
			while (!this.closing) {
				try {
					int id = 1 + ThreadLocalRandom.current().nextInt(1000);
					jdbc.update(update, "mail%d@example.org".formatted(id), id);
					jdbc.queryForObject(select, String.class, id);
					this.served.incrementAndGet();
				}
				catch (RuntimeException ex) {
					this.failures.add(ex);
				}
			}
		}

		@Override
		public void close() {
			this.closing = true;
			try {
				this.requests.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.shop.close();
		}

	}

}
