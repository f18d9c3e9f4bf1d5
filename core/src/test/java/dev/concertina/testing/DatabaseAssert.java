package dev.concertina.testing;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a database as a whole.
 */
public final class DatabaseAssert extends AbstractAssert<DatabaseAssert, TestDatabase> {

	DatabaseAssert(TestDatabase database) {
		super(database, DatabaseAssert.class);
	}

	public TableAssert table(String name) {
		return new TableAssert(this.actual.table(name));
	}

}
