package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.TableName;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class OddNamesIntegrationTests {

	private static final ColumnName KEY = ColumnName.of("Key");

	private static final SqlType TEXT = SqlType.of("text");

	private final TestDatabase db;

	OddNamesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@MethodSource
	void areTakenAsTheyAre(String name) {
		List<TableName> tables = Stream.of("1", "2", "3", "4", "5").map((digit) -> table(name, digit)).toList();
		ColumnName old = ColumnName.of(name + "o");
		ColumnName fresh = ColumnName.of(name + "n");
		createTables(tables, old);
		Change change = change(tables, old, fresh, table(name, "6"));
		Application application = Application.of(this.db, change).start();
		tables.subList(0, 4).forEach((table) -> insert(table, 2, old, "'b'"));
		insert(tables.get(4), 2, old, "'[{\"k\": \"b\"}]'");
		insert(tables.get(1), 3, fresh, "'b'");
		insert(tables.get(2), 3, fresh, "'b!'");
		assertThat(application.run(change).status(change).objections()).hasSize(1);
		assertThat(application.contract(change).status(change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(read(tables.get(0), fresh)).isEqualTo("A B");
		assertThat(read(tables.get(1), fresh)).isEqualTo("a b b");
		assertThat(read(tables.get(2), fresh)).isEqualTo("a! b! b!");
		assertThat(read(tables.get(3), old)).isEqualTo("a b");
		assertThat(read(table(name, "6"), fresh)).isEqualTo("a b");
	}

	static Stream<String> areTakenAsTheyAre() {
		return Stream.of("select", "Order Items", "a\"b\"", "größe 名前 Ä", "x".repeat(62), "ä".repeat(31), "a.b",
				"q?:p $1 $$", "50% %s «key» {fn now()}", "it's \\ ; -- /* ");
	}

	private Change change(List<TableName> tables, ColumnName old, ColumnName fresh, TableName child) {
		return Change.version("1", "odd")
			.operation(new AddColumn(tables.get(0), fresh, TEXT, true, null, sql("upper(%s)", old), null, false, null))
			.operation(new RenameColumn(tables.get(1), old, fresh))
			.operation(new ChangeColumnType(tables.get(2), old, fresh, TEXT, sql("%s || '!'", old),
					sql("left(%s, -1)", fresh), null))
			.operation(new SetNotNull(tables.get(3), old, sql("%s::text", KEY)))
			.operation(new ExtractJsonArray(tables.get(4), old, child, KEY, ColumnName.of("Position"),
					List.of(new JsonField(fresh, TEXT, "k")), old, List.of(fresh)))
			.build();
	}

	private void createTables(List<TableName> tables, ColumnName old) {
		this.db.execute("CREATE SCHEMA " + new Identifier(String.valueOf(tables.get(0).schema())).quoted());
		tables.forEach((table) -> {
			boolean json = table.equals(tables.get(4));
			this.db.execute("CREATE TABLE %s (%s bigint PRIMARY KEY, %s %s)".formatted(table.quoted(), KEY.quoted(),
					old.quoted(), json ? "jsonb" : "text"));
			insert(table, 1, old, json ? "'[{\"k\": \"a\"}]'" : "'a'");
		});
	}

	private void insert(TableName table, int key, ColumnName column, String value) {
		this.db.execute("INSERT INTO %s (%s, %s) VALUES (%d, %s)".formatted(table.quoted(), KEY.quoted(),
				column.quoted(), key, value));
	}

	private String read(TableName table, ColumnName column) {
		return this.db.jdbc()
			.sql("SELECT string_agg(%s, ' ' ORDER BY %s) FROM %s".formatted(column.quoted(), KEY.quoted(),
					table.quoted()))
			.query(String.class)
			.single();
	}

	private static TableName table(String name, String digit) {
		return new TableName(name + "s", name + digit);
	}

	private static SqlExpression sql(String expression, ColumnName column) {
		return SqlExpression.of(expression.replace("%s", column.quoted()));
	}

}
