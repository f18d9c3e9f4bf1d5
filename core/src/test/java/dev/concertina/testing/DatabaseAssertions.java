package dev.concertina.testing;

/**
 * Where assertions on databases and tables begin; import it statically beside AssertJ's
 * own.
 */
public final class DatabaseAssertions {

	private DatabaseAssertions() {
	}

	public static DatabaseAssert assertThat(TestDatabase database) {
		return new DatabaseAssert(database);
	}

	public static TableAssert assertThat(TestTable table) {
		return new TableAssert(table);
	}

}
