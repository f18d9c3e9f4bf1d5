package dev.concertina.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.operation.DropTable;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class NoStatementsIntegrationTests {

	private static final Change RENAME = Change.version("1", "rename_price")
		.operation(RenameColumn.of("line", "price", "amount"))
		.operation(DropTable.of("stock"))
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "concertina", "ops_changes" })
	void aStatementThatNamesTheOldColumnObjectsUntilItIsNotRunAnyMore(String schema) {
		ConcertinaOptions options = ConcertinaOptions.defaults().withSchema(StateSchemaName.of(schema));
		try (PostgresServer server = PostgresServer.start(Map.of("shared_preload_libraries", "pg_stat_statements"));
				TestDatabase db = TestDatabase.create(server)) {
			db.execute("CREATE EXTENSION pg_stat_statements", "CREATE TABLE line (id bigint PRIMARY KEY, price int)",
					"CREATE TABLE stock (id bigint)")
				.withRows("line", 10, "n, n");
			db.execute("SELECT sum(price) FROM line");
			Application application = Application.with(db, options,
					(builder) -> builder.condition(GateCondition.noStatements(Duration.ofSeconds(2))), RENAME);
			application.start().contract(RENAME);
			assertThat(objections(application)).singleElement()
				.asString()
				.as("what was counted before may be of a moment ago")
				.endsWith(", such as: SELECT sum(price) FROM line");
			Patience.await().until(() -> objections(application).isEmpty());
			db.execute("SELECT sum(price) FROM line", "SELECT sum(amount) FROM line", "SELECT 'price'",
					"SELECT count(*) FROM stock",
					"SELECT price FROM line CROSS JOIN %s.mismatch".formatted(options.schema().sql()));
			application.run(RENAME);
			assertThat(objections(application)).singleElement()
				.asString()
				.startsWith("2 statements that name the old structure were run within PT2S, the last as of 2")
				.endsWith(", such as: SELECT count(*) FROM stock; SELECT sum(price) FROM line");
			Patience.await()
				.untilAsserted(() -> assertThat(application.run(RENAME).status(RENAME).state())
					.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED)));
		}
	}

	private static List<String> objections(Application application) {
		return application.status(RENAME).objections().stream().map(Objection::problem).toList();
	}

}
