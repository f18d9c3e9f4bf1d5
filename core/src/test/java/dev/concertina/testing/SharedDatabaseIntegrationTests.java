package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest(database = DatabaseScope.PER_CLASS)
class SharedDatabaseIntegrationTests {

	private static @Nullable Connection openedByTheTestBefore;

	@BeforeAll
	static void createTable(TestDatabase db) {
		db.execute("CREATE TABLE customer (id int)").withRows("customer", 3, "n");
	}

	@RepeatedTest(2)
	void livesAsLongAsItsClass(TestDatabase db) {
		assertThat(db).table("customer").hasRowCount(3);
	}

	@RepeatedTest(2)
	void closesConnectionsAfterEachTest(TestDatabase db) throws SQLException {
		Connection connection = db.open("billing");
		if (openedByTheTestBefore != null) {
			assertThat(openedByTheTestBefore.isClosed()).isTrue();
		}
		openedByTheTestBefore = connection;
	}

}
