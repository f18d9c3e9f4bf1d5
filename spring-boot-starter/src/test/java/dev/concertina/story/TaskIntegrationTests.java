package dev.concertina.story;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.backfill.BackfillTask;
import dev.concertina.change.Change;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.FillColumns;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A bean that computes a column, and needs the database itself.
 */
@PostgresTest
class TaskIntegrationTests {

	private static final Change CHANGE = Change.version("1", "shouted")
		.operation(AddColumn.of("line", "shouted", "text"))
		.operation(FillColumns.of("line", List.of("shouted"), List.of("word"), "shout"))
		.build();

	private static final String[] PROPERTIES = { Shop.WITHOUT_CHANGES, "spring.flyway.locations=classpath:db/none",
			"spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=0" };

	@Test
	void aBeanComputesRowsThatWereThere(TestDatabase database) {
		createTable(database);
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(Shouted.class, Shout.class),
				PROPERTIES)) {
			await(shop, State.running(Phase.CONTRACT));
			shop.getBean(Steering.class).approve(CHANGE.id(), "Ada");
			await(shop, new State(Phase.CONTRACT, Status.COMPLETED));
		}
		assertThat(database.jdbc()
			.sql("SELECT shouted FROM line ORDER BY id")
			.query((row, number) -> row.getString(1))
			.list()).containsExactly("ONE!", "TWO!");
	}

	@Test
	void aBeanThatIsMissingIsNamedBeforeAnythingRuns(TestDatabase database) {
		createTable(database);
		assertThatException().isThrownBy(() -> Shop.start(database, List.of(Shouted.class), PROPERTIES).close())
			.withStackTraceContaining("There is no backfill task shout here; there is none at all");
		assertThat(database.jdbc().sql("SELECT * FROM line LIMIT 1").query().singleRow()).doesNotContainKey("shouted");
	}

	private static void createTable(TestDatabase database) {
		database.execute("CREATE TABLE line (id bigint PRIMARY KEY, word text)",
				"INSERT INTO line VALUES (1, 'one'), (2, 'two')");
	}

	private static void await(ConfigurableApplicationContext shop, State state) {
		Customers.await()
			.untilAsserted(() -> assertThat(shop.getBean(Concertina.class).change(CHANGE.id()))
				.hasValueSatisfying((status) -> assertThat(status.state()).isEqualTo(state)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Shouted {

		@Bean
		Change shoutedChange() {
			return CHANGE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Shout {

		@Bean
		BackfillTask<String> shout(JdbcTemplate jdbc) {
			return new BackfillTask<>() {

				@Override
				public String read(ResultSet row) throws SQLException {
					return row.getString("word").toUpperCase(Locale.ROOT);
				}

				@Override
				public Map<String, ?> transform(String word) {
					return Map.of("shouted", word + jdbc.queryForObject("SELECT '!'", String.class));
				}

			};
		}

	}

}
