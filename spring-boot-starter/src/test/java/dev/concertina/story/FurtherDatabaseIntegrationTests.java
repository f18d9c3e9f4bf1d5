package dev.concertina.story;

import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.ChangeStatus;
import dev.concertina.change.Change;
import dev.concertina.contract.Objection;
import dev.concertina.dualwrite.DualWrite;
import dev.concertina.dualwrite.NewStructure;
import dev.concertina.dualwrite.OldStructure;
import dev.concertina.dualwrite.Writes;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.watch.ChangedDatabases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A shop that keeps its invoices in a database of their own, with changes of their own.
 */
@PostgresTest
class FurtherDatabaseIntegrationTests {

	private static final String INVOICES = "total_to_amount";

	private static final String[] BOTH_APPROVED = { "concertina.approved=mail_to_email,total_to_amount" };

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	private final TestDatabase shops;

	private final TestDatabase billing = TestDatabase.create();

	FurtherDatabaseIntegrationTests(TestDatabase shops) {
		this.shops = shops;
	}

	@BeforeEach
	void fill() {
		Customers.fill(this.shops, 100);
		Flyway.configure()
			.dataSource(this.billing.dataSource())
			.locations("classpath:db/migration-billing")
			.load()
			.migrate();
		this.billing.withRows("invoice", 100, "n, n");
	}

	@AfterEach
	void close() {
		this.billing.close();
	}

	@Test
	void eachDatabaseGoesThroughItsOwnChanges() {
		try (ConfigurableApplicationContext shop = start(List.of(Billing.class), BOTH_APPROVED)) {
			awaitCompleted(shop, INVOICES);
			awaitCompleted(shop, Customers.CHANGE.value());
			assertThat(shop.getBean(ChangedDatabases.class).instances()).singleElement()
				.satisfies((instance) -> assertThat(instance.knows()).hasSize(2));
		}
		assertThat(amounts(this.billing)).isEqualTo(100);
		assertThat(Customers.columns(this.shops)).containsExactly("id", "email");
		assertThat(changes(this.billing)).containsExactly(INVOICES);
		assertThat(changes(this.shops)).containsExactly(Customers.CHANGE.value());
	}

	@Test
	void bothAreSeenAndSteeredAtOneEndpoint() {
		try (ConfigurableApplicationContext shop = start(List.of(Billing.class), "server.port=0",
				"management.endpoint.concertina.access=unrestricted")) {
			await(shop, INVOICES, State.running(Phase.CONTRACT));
			Customers.await(shop, State.running(Phase.CONTRACT));
			assertThat(this.json.from(Shop.get(shop, "/actuator/concertina").body()))
				.extractingJsonPathArrayValue("$.changes[*].id")
				.containsExactlyInAnyOrder(INVOICES, Customers.CHANGE.value());
			assertThat(this.json.from(Shop.get(shop, "/actuator/health").body()))
				.extractingJsonPathStringValue("$.components.concertina.details.total_to_amount.phase")
				.isEqualTo("CONTRACT");
			assertThat(Shop.post(shop, "/actuator/concertina/total_to_amount/approve", "{ \"phase\": \"CONTRACT\" }")
				.statusCode()).isEqualTo(200);
			awaitCompleted(shop, INVOICES);
			assertThat(Shop.get(shop, "/actuator/concertina/total_to_amount").body()).contains("\"actuator\"");
			assertThat(Customers.status(shop).state()).isEqualTo(State.running(Phase.CONTRACT));
		}
	}

	@Test
	void aSessionOfOneDatabaseObjectsToTheChangesOfThatDatabaseAlone() {
		Session report = this.billing.session("report").begin().execute("SELECT");
		try (ConfigurableApplicationContext shop = start(List.of(Billing.class), BOTH_APPROVED)) {
			awaitCompleted(shop, Customers.CHANGE.value());
			await(shop, INVOICES, State.running(Phase.CONTRACT));
			Customers.await()
				.untilAsserted(() -> assertThat(status(shop, INVOICES).objections()).extracting(Objection::problem)
					.singleElement()
					.asString()
					.contains("1 sessions belong to no instance: 1 with application_name 'report'"));
			report.close();
			awaitCompleted(shop, INVOICES);
		}
	}

	@Test
	void aBeanIsAChangeOfTheDatabaseWhoseNameItHas() {
		try (ConfigurableApplicationContext shop = start(List.of(Billing.class, Kept.class),
				"concertina.databases.billing.locations=classpath:db/none")) {
			await(shop, "kept", State.running(Phase.DUAL_WRITE));
			assertThat(changes(this.billing)).containsExactly("kept");
		}
	}

	@Test
	void aRouterWritesBothStructuresInTheTransactionsOfItsDatabase() {
		try (ConfigurableApplicationContext shop = start(List.of(Billing.class, Kept.class, Routed.class),
				"concertina.databases.billing.locations=classpath:db/none")) {
			await(shop, "kept", State.running(Phase.CONTRACT));
			Invoices invoices = shop.getBean(Invoices.class);
			invoices.add(1000);
			assertThat(rowsWithBoth()).isEqualTo(101);
			TransactionTemplate transaction = new TransactionTemplate(
					shop.getBean("billingTransactions", PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				invoices.add(1001);
				status.setRollbackOnly();
			});
			assertThat(rowsWithBoth()).isEqualTo(101);
		}
	}

	private int rowsWithBoth() {
		return this.billing.jdbc()
			.sql("SELECT count(*) FROM invoice WHERE total IS NOT NULL AND amount = total")
			.query(Integer.class)
			.single();
	}

	private ConfigurableApplicationContext start(List<Class<?>> configurations, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		all[properties.length] = "billing.url=" + this.billing.url();
		all[properties.length + 1] = "concertina.databases.billing.flyway=billingFlyway";
		return Shop.builder(this.shops, configurations, all).web(WebApplicationType.SERVLET).run();
	}

	private static ChangeStatus status(ApplicationContext shop, String change) {
		return shop.getBean(ChangedDatabases.class)
			.changes()
			.stream()
			.filter((status) -> status.id().equals(change))
			.findFirst()
			.orElseThrow();
	}

	private static void awaitCompleted(ApplicationContext shop, String change) {
		await(shop, change, Customers.COMPLETED);
	}

	private static void await(ApplicationContext shop, String change, State state) {
		Customers.await().until(() -> status(shop, change).state().equals(state));
	}

	private static int amounts(TestDatabase database) {
		return database.jdbc().sql("SELECT count(amount) FROM invoice").query(Integer.class).single();
	}

	private static List<String> changes(TestDatabase database) {
		return database.jdbc()
			.sql("SELECT id FROM concertina.change ORDER BY id")
			.query((row, number) -> row.getString(1))
			.list();
	}

	@Configuration(proxyBeanMethods = false)
	static class Billing {

		@Bean(defaultCandidate = false)
		@Qualifier("billing")
		HikariDataSource billingDataSource(@Value("${billing.url}") String url,
				@Value("${spring.datasource.username}") String user,
				@Value("${spring.datasource.password}") String password) {
			HikariDataSource pool = DataSourceBuilder.create()
				.type(HikariDataSource.class)
				.url(url)
				.username(user)
				.password(password)
				.build();
			pool.setMinimumIdle(0);
			return pool;
		}

		@Bean(defaultCandidate = false)
		Flyway billingFlyway(@Qualifier("billing") DataSource dataSource) {
			return Flyway.configure().dataSource(dataSource).locations("classpath:db/migration-billing").load();
		}

		@Bean(defaultCandidate = false)
		PlatformTransactionManager billingTransactions(@Qualifier("billing") DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Kept {

		@Bean
		@Qualifier("billing")
		Change kept() {
			return Change.version("2", "kept")
				.keptBy(KeptBy.APPLICATION)
				.operation(RenameColumn.of("invoice", "total", "amount"))
				.build();
		}

	}

	@DualWrite(value = "kept", transactionManager = "billingTransactions")
	interface Invoices {

		@Writes
		void add(long id);

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ OldInvoices.class, NewInvoices.class })
	static class Routed {

	}

	@OldStructure("kept")
	static class OldInvoices implements Invoices {

		private final JdbcClient jdbc;

		OldInvoices(@Qualifier("billing") DataSource dataSource) {
			this.jdbc = JdbcClient.create(dataSource);
		}

		@Override
		public void add(long id) {
			this.jdbc.sql("INSERT INTO invoice (id, total) VALUES (?, ?)").params(id, id).update();
		}

	}

	@NewStructure("kept")
	static class NewInvoices implements Invoices {

		private final JdbcClient jdbc;

		NewInvoices(@Qualifier("billing") DataSource dataSource) {
			this.jdbc = JdbcClient.create(dataSource);
		}

		@Override
		public void add(long id) {
			this.jdbc.sql("UPDATE invoice SET amount = ? WHERE id = ?").params(id, id).update();
		}

	}

}
