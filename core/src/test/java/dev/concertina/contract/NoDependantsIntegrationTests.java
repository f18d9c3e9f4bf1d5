package dev.concertina.contract;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.operation.DropTable;
import dev.concertina.operation.PartitionTable;
import dev.concertina.operation.WidenKey;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was made of tables that go, and of columns whose name stays.
 */
@PostgresTest
class NoDependantsIntegrationTests {

	private static final String LONG = "the_keys_of_line_get_wider_than_they_have_ever_been";

	private final TestDatabase db;

	NoDependantsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void aViewOfATableThatGoesObjects() {
		this.db.execute("CREATE TABLE stock (id bigint PRIMARY KEY)");
		Change change = Change.version("1", "drop_stock").operation(DropTable.of("stock")).build();
		Application application = Application.of(this.db, change).start().run(change);
		this.db.execute("CREATE VIEW stocks AS SELECT count(*) FROM stock",
				"CREATE POLICY own ON stock USING (id > 0)");
		application.contract(change);
		assertThat(problems(application, change))
			.containsExactly("1 objects are made of the old structure: view stocks of stock");
		this.db.execute("DROP VIEW stocks");
		assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.COMPLETED);
	}

	@Test
	void aViewOfAKeyThatIsOutOfSightObjects() {
		this.db.execute("CREATE TABLE line (id int PRIMARY KEY)");
		Change change = Change.version("1", LONG).operation(WidenKey.of("line", "id")).build();
		Application application = retire(change);
		String column = this.db.jdbc()
			.sql("SELECT attname FROM pg_attribute WHERE attrelid = 'line'::regclass AND attname LIKE 'concertina_retired_%'")
			.query(String.class)
			.single();
		this.db.execute("CREATE VIEW keys AS SELECT %s FROM line".formatted(column));
		assertStaysRetired(application, change, "view keys of line." + column);
	}

	@Test
	void aViewOfATableWhoseNameWasTakenObjects() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY)");
		Change change = Change.version("1", "parts").operation(PartitionTable.byHash("line", "id", 2)).build();
		Application application = retire(change);
		this.db.execute("CREATE VIEW lines AS SELECT id FROM concertina_retired_parts_001_line");
		assertStaysRetired(application, change, "view lines of concertina_retired_parts_001_line");
	}

	private Application retire(Change change) {
		Application application = Application
			.of(this.db, ConcertinaOptions.defaults().withSoak(Duration.ofDays(1)), change)
			.start()
			.run(change)
			.contract(change);
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.RETIRED));
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		return application;
	}

	private static void assertStaysRetired(Application application, Change change, String dependant) {
		assertThat(application.run(change).status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.RETIRED));
		assertThat(problems(application, change))
			.containsExactly("1 objects are made of the old structure: " + dependant);
	}

	private static List<String> problems(Application application, Change change) {
		return application.status(change).objections().stream().map(Objection::problem).toList();
	}

}
