package dev.concertina.story;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.contract.Objection;
import dev.concertina.plan.Phase;
import dev.concertina.state.LogEntry;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Somebody still needs the column that is out of sight.
 */
@PostgresTest
class MissedColumnIntegrationTests {

	private static final String APPROVED = "concertina.approved=mail_to_email";

	private static final String SOAK = "concertina.contract.soak=1d";

	@Test
	void aStatementThatFailsIsFoundAndStartsTheSoakAnew(TestDatabase database) {
		Customers.fill(database, 10);
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED, SOAK)) {
			Customers.await(shop, new State(Phase.CONTRACT, Status.RETIRED));
			JdbcTemplate jdbc = shop.getBean(JdbcTemplate.class);
			assertThatExceptionOfType(BadSqlGrammarException.class)
				.isThrownBy(() -> jdbc.queryForList("SELECT mail FROM customer"));
			Customers.await()
				.untilAsserted(() -> assertThat(Customers.status(shop).objections()).extracting(Objection::problem)
					.singleElement()
					.asString()
					.startsWith("A statement has missed the old structure at 2"));
			assertThat(Customers.history(shop)).extracting(LogEntry::reason)
				.anySatisfy((reason) -> assertThat(reason).startsWith("missed by a statement: ").contains("\"mail\""));
		}
	}

	@Test
	void nobodyListensWhereItIsSwitchedOff(TestDatabase database) {
		try (ConfigurableApplicationContext shop = Shop.start(database, "concertina.contract.watch-failures=false")) {
			assertThat(shop.getBeansOfType(HikariDataSource.class).values())
				.allSatisfy((pool) -> assertThat(pool.getExceptionOverride()).isNull());
		}
	}

}
