package dev.concertina.operation;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.contract.MissedStructures;
import dev.concertina.state.LogEntry;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Values that an INSERT without names gives to a column that is out of sight.
 */
@PostgresTest
class RetiredValuesIntegrationTests {

	private static final ConcertinaOptions SOAKING = ConcertinaOptions.defaults().withSoak(Duration.ofDays(1));

	private final TestDatabase db;

	RetiredValuesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	static Stream<Arguments> operations() {
		return Stream.of(
				Arguments.of(RenameColumn.of("t", "n", "amount"), "INSERT INTO t (id, amount) VALUES (2, '7')"),
				Arguments.of(ChangeColumnType.of("t", "n", "varchar(20)"), "INSERT INTO t (id, n) VALUES (2, '7')"),
				Arguments.of(SplitTable.of("t", "detail", "n"), "INSERT INTO t (id) VALUES (2)"),
				Arguments.of(ListToTable.of("t", "n", ",", "part", "t_id", "position", "value", "text"),
						"INSERT INTO t (id) VALUES (2)"));
	}

	@ParameterizedTest
	@MethodSource("operations")
	void areRefusedAndNotLost(Operation operation, String named) {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, n text)", "INSERT INTO t VALUES (1, '1')");
		Change change = Change.version("1", "change").operation(operation).build();
		Application application = Application.of(this.db, SOAKING, change).start().contract(change);
		assertThat(application.status(change).state().status()).isEqualTo(Status.RETIRED);
		assertThatException().isThrownBy(() -> this.db.execute("INSERT INTO t VALUES (3, '3')"))
			.matches(MissedStructures::isMissing)
			.havingRootCause()
			.withMessageContaining("a value for column \"n\" of relation \"t\", which change change has taken out")
			.satisfies(
					(failure) -> application.concertina().missed().look(String.valueOf(failure.getMessage()), "job"));
		assertThat(application.concertina().history(change.id())).extracting(LogEntry::actor).contains("job");
		this.db.execute(named);
		application.concertina().steering().unretire(change.id(), "test", "it is needed");
		application.run(change);
		this.db.execute("INSERT INTO t (id, n) VALUES (3, '3')");
		application.concertina().steering().resume(change.id(), "test");
		this.db.execute("UPDATE concertina.change SET contract = 'AUTOMATIC'");
		application.run(change);
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.COMPLETED);
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM pg_proc WHERE pronamespace = 'concertina'::regnamespace AND proname LIKE 'change\\_%'")
			.query(Long.class)
			.single()).isZero();
	}

}
