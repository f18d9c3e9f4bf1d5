package dev.concertina.operation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Until the contract, NULL in a filled column means that it was not given.
 */
@PostgresTest
class NullsIntegrationTests {

	private final TestDatabase db;

	NullsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource(names = { "AFTER_EXPAND", "AT_THE_GATE" })
	void areFilledAgainWhenTheyAreWritten(Halt halt) {
		Example.ADD_COLUMN.createTable(this.db);
		Change change = Example.ADD_COLUMN.change();
		Application application = halt.bring(change, this.db);
		this.db.execute("UPDATE line SET total = NULL WHERE id = 7");
		assertThat(this.db.jdbc().sql("SELECT total FROM line WHERE id = 7").query(Integer.class).single())
			.isEqualTo(14);
		application.run(change);
		application.concertina().steering().verify(change.id(), "test");
		assertThat(application.run(change).status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
	}

}
