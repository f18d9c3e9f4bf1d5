package dev.concertina.contract;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class UnfinishedBackfillIntegrationTests {

	private final TestDatabase db;

	UnfinishedBackfillIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text, pad text) WITH (fillfactor = 10)")
			.withRows("line", 200, "n, n, repeat('x', 100)");
	}

	@Test
	void keepsTheGateClosedWhileItIsPaused() {
		Change rename = Change.version("1", "rename_price")
			.operation(RenameColumn.of("line", "price", "amount"))
			.build();
		Application application = Halt.IN_THE_BACKFILL.bring(rename, this.db);
		application.contract(rename);
		assertThat(application.status(rename).state()).isEqualTo(new State(Phase.BACKFILL, Status.PAUSED));
		assertThat(application.status(rename).objections()).extracting(Objection::problem)
			.anySatisfy((problem) -> assertThat(problem).contains("is in BACKFILL PAUSED"));
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount", "pad");
	}

	@Test
	void keepsTheGateClosedWhenItBroke() {
		this.db.execute("UPDATE line SET price = 'n/a' WHERE id = 150");
		Change typed = Change.version("1", "type_price")
			.operation(ChangeColumnType.of("line", "price", "cents", "bigint", "price::bigint", "cents::text"))
			.build();
		Application application = Application.of(this.db, Halt.OPTIONS, typed).start().run(typed).contract(typed);
		assertThat(application.status(typed).state()).isEqualTo(new State(Phase.BACKFILL, Status.FAILED));
		assertThat(application.status(typed).reason()).contains("n/a");
		assertThat(this.db.table("line")).hasColumns("id", "price", "cents", "pad");
	}

}
