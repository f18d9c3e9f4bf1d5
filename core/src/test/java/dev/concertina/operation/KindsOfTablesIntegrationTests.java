package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.change.Change;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class KindsOfTablesIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final TestDatabase db;

	KindsOfTablesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource
	void mayBeEmpty(Example example) {
		example.createTable(this.db);
		this.db.execute("TRUNCATE line");
		Change change = example.change();
		Application application = Application.of(this.db, change).start().run(change).contract(change);
		assertThat(application.status(change).state()).isEqualTo(COMPLETED);
	}

	@ParameterizedTest
	@EnumSource
	void mayBePartitioned(Example example) {
		example.createPartitionedTable(this.db);
		goThrough(example);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "EXTRACT_JSON_ARRAY")
	void mayHaveNoPrimaryKey(Example example) {
		example.createTable(this.db);
		this.db.execute("ALTER TABLE line DROP CONSTRAINT line_pkey");
		goThrough(example);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "EXTRACT_JSON_ARRAY")
	void mayHaveACompositeKey(Example example) {
		example.createTable(this.db);
		this.db.execute("ALTER TABLE line DROP CONSTRAINT line_pkey", "UPDATE line SET pad = 'p'",
				"ALTER TABLE line ALTER COLUMN pad SET DEFAULT 'q', ADD PRIMARY KEY (id, pad)");
		goThrough(example);
	}

	@ParameterizedTest
	@ValueSource(strings = { "uuid DEFAULT gen_random_uuid()", "text", "varchar(40)" })
	void mayHaveAnyKeyForItsElements(String type) {
		this.db.execute("CREATE TABLE orders (id %s PRIMARY KEY, items jsonb)".formatted(type));
		String key = type.startsWith("uuid") ? "gen_random_uuid()" : "'it''s ' || n";
		this.db.withRows("orders", 50, key + ", jsonb_build_array(jsonb_build_object('sku', n))");
		Change change = Change.version("1", "c")
			.operation(ExtractJsonArray.of("orders", "items", "item", "order_id", "n", JsonField.of("sku", "integer")))
			.build();
		Application application = Application.of(this.db, change).start();
		this.db.execute("UPDATE orders SET items = items || items WHERE items -> 0 ->> 'sku' = '7'",
				"INSERT INTO item SELECT id, 3, 8 FROM orders WHERE items -> 0 ->> 'sku' = '8'");
		application.run(change).contract(change);
		assertThat(application.status(change).state()).isEqualTo(COMPLETED);
		assertThat(this.db.jdbc().sql("SELECT count(*) FROM item").query(Long.class).single()).isEqualTo(52);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE line (id bigint, items jsonb)",
			"CREATE TABLE line (id bigint, shop bigint, items jsonb, PRIMARY KEY (shop, id))" })
	void needAKeyOfOneColumnForTheirElements(String table) {
		this.db.execute(table);
		assertRefused(Example.EXTRACT_JSON_ARRAY, "public.line has a primary key of ");
	}

	@ParameterizedTest
	@EnumSource
	void mustHaveNoInheritors(Example example) {
		example.createTable(this.db);
		this.db.execute("CREATE TABLE special_line () INHERITS (line)");
		assertRefused(example, "other tables inherit from it");
	}

	@ParameterizedTest
	@EnumSource
	void mustNotBePartitions(Example example) {
		example.createPartitionedTable(this.db);
		this.db.execute("ALTER TABLE line RENAME TO whole", "ALTER TABLE line_a RENAME TO line");
		assertRefused(example, "public.line");
	}

	@Test
	void mustNotBeViews() {
		this.db.execute("CREATE VIEW line AS SELECT 1::bigint AS id, 1::numeric AS price");
		assertRefused(Example.RENAME_COLUMN, "public.line is no heap table");
	}

	private void assertRefused(Example example, String problem) {
		Application application = Application.of(this.db, example.change());
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContaining(problem);
	}

	private void goThrough(Example example) {
		Change change = example.change();
		Application application = Halt.IN_THE_BACKFILL.bring(change, this.db);
		example.write(this.db);
		assertThat(example.written(this.db)).isEqualTo("1=55 2=77 199=77 200=55 301=55 302=77");
		application.concertina().steering().resume(change.id(), "test");
		application.run(change).contract(change);
		assertThat(application.status(change).state()).as("%s", application.status(change)).isEqualTo(COMPLETED);
	}

}
