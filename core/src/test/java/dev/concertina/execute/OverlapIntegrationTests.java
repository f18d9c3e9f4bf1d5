package dev.concertina.execute;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Memory;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two changes that are about one table.
 */
@PostgresTest
class OverlapIntegrationTests {

	private static final Change FIRST = Change.version("1", "first")
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	private static final Change SECOND = Change.version("2", "second")
		.operation(RenameColumn.of("customer", "email", "contact"))
		.build();

	private static final Change OTHER_COLUMN = Change.version("2", "other_column")
		.operation(RenameColumn.of("customer", "name", "label"))
		.build();

	private static final Change ELSEWHERE = Change.version("2", "elsewhere")
		.operation(RenameColumn.of("pet", "name", "label"))
		.build();

	private final TestDatabase db;

	OverlapIntegrationTests(TestDatabase db) {
		this.db = db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text, name text)",
				"CREATE TABLE pet (id bigint PRIMARY KEY, name text)",
				"INSERT INTO customer SELECT n, 'mail ' || n FROM generate_series(1, 20) AS n");
	}

	@Test
	void areRefusedAtOneStartBeforeAnythingIsTouched() {
		Application.of(this.db).start();
		Memory before = Memory.of(this.db);
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> Application.of(this.db, FIRST, SECOND).start())
			.withMessageContainingAll("change 'second'",
					"is about [public.customer], which change 'first' begins to work on at the same start",
					"Release 'second' when 'first' has contracted");
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	@Test
	void areRefusedWhileOneOfThemIsRunning() {
		Application application = Application.of(this.db, FIRST).start().run(FIRST);
		assertThat(application.status(FIRST).state()).isEqualTo(State.running(Phase.CONTRACT));
		Memory before = Memory.of(this.db);
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> Application.of(this.db, FIRST, OTHER_COLUMN).start())
			.withMessageContainingAll("change 'other_column'",
					"which change 'first' is still working on (CONTRACT RUNNING)",
					"Let 'first' contract or roll it back");
		assertThat(Memory.of(this.db)).isEqualTo(before);
		application.contract(FIRST);
		Application both = Application.of(this.db, FIRST, OTHER_COLUMN)
			.start()
			.run(OTHER_COLUMN)
			.contract(OTHER_COLUMN);
		assertThat(both.status(OTHER_COLUMN).state()).isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	@Test
	void mayFollowEachOtherIfTheFirstOneIsDoneAtTheStart() {
		Change addition = Change.version("1", "addition").operation(AddColumn.of("customer", "age", "int")).build();
		Change rename = Change.version("2", "rename").operation(RenameColumn.of("customer", "age", "years")).build();
		Application application = Application.of(this.db, addition, rename).start().run(rename);
		assertThat(application.status(rename).state()).isEqualTo(State.running(Phase.CONTRACT));
	}

	@Test
	void runAtTheSameTimeIfTheyAreAboutDifferentTables() {
		Application application = Application.of(this.db, FIRST, ELSEWHERE).start().run(FIRST, ELSEWHERE);
		assertThat(application.status(FIRST).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(application.status(ELSEWHERE).state()).isEqualTo(State.running(Phase.CONTRACT));
	}

}
