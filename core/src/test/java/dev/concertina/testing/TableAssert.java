package dev.concertina.testing;

import java.util.List;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Assertions on one table.
 */
public final class TableAssert extends AbstractAssert<TableAssert, TestTable> {

	private static final String COLUMNS = """
			SELECT attname
			  FROM pg_attribute
			 WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
			 ORDER BY attnum""";

	private static final String TRIGGERS = """
			SELECT tgname
			  FROM pg_trigger
			 WHERE tgrelid = to_regclass(?) AND NOT tgisinternal
			 ORDER BY tgname""";

	TableAssert(TestTable table) {
		super(table, TableAssert.class);
	}

	public TableAssert exists() {
		Assertions.assertThat(found()).as("table %s exists", this.actual.name()).isTrue();
		return this;
	}

	public TableAssert doesNotExist() {
		Assertions.assertThat(found()).as("table %s exists", this.actual.name()).isFalse();
		return this;
	}

	/**
	 * Verifies that the table has these columns and no other, in whatever order.
	 */
	public TableAssert hasColumns(String... names) {
		exists();
		Assertions.assertThat(names(COLUMNS)).as("columns of %s", this.actual.name()).containsExactlyInAnyOrder(names);
		return this;
	}

	public TableAssert hasRowCount(long expected) {
		exists();
		long count = jdbc().sql("SELECT count(*) FROM " + this.actual.name()).query(Long.class).single();
		Assertions.assertThat(count).as("rows of %s", this.actual.name()).isEqualTo(expected);
		return this;
	}

	public TableAssert hasNoTrigger() {
		exists();
		Assertions.assertThat(names(TRIGGERS)).as("triggers of %s", this.actual.name()).isEmpty();
		return this;
	}

	public TableAssert hasTriggers(String... names) {
		exists();
		Assertions.assertThat(names(TRIGGERS))
			.as("triggers of %s", this.actual.name())
			.containsExactlyInAnyOrder(names);
		return this;
	}

	private boolean found() {
		return jdbc().sql("SELECT to_regclass(?) IS NOT NULL").param(this.actual.name()).query(Boolean.class).single();
	}

	private List<String> names(String query) {
		return jdbc().sql(query).param(this.actual.name()).query((row, number) -> row.getString(1)).list();
	}

	private JdbcClient jdbc() {
		return this.actual.database().jdbc();
	}

}
