package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class MaterializedViewIntegrationTests {

	private final TestDatabase db;

	MaterializedViewIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void hasItsRowsAtTheEndOfTheBackfillAndNotBefore() {
		this.db.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (2)");
		Change change = Change.version("1", "change")
			.operation(CreateView.of("counts", "SELECT count(*) AS n FROM t").withStoredRows())
			.build();
		Application application = Application.of(this.db, change).start();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(this::count)
			.withMessageContaining("has not been populated");
		application.run(change);
		assertThat(count()).isEqualTo(2);
	}

	private int count() {
		return this.db.jdbc().sql("SELECT n FROM counts").query(Integer.class).single();
	}

}
