package dev.concertina.operation;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class NeighboursIntegrationTests {

	private final TestDatabase db;

	NeighboursIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void stayApartWhenNamesOfTableAndColumnRunTogether() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, a text)",
				"CREATE TABLE orders_item (id bigint PRIMARY KEY, b text)");
		Change change = Change.version("1", "c")
			.operation(RenameColumn.of("orders", "a", "item_no"))
			.operation(RenameColumn.of("orders_item", "b", "no"))
			.build();
		assertBothRenamed(change, "orders (id, a)", "orders_item (id, b)", "SELECT item_no FROM orders",
				"SELECT no FROM orders_item");
	}

	@Test
	void stayApartInTwoSchemas() {
		this.db.execute("CREATE SCHEMA shop", "CREATE TABLE shop.orders (id bigint PRIMARY KEY, a text)",
				"CREATE TABLE orders (id bigint PRIMARY KEY, b text)");
		Change change = Change.version("1", "c")
			.operation(RenameColumn.of("shop.orders", "a", "no"))
			.operation(RenameColumn.of("orders", "b", "no"))
			.build();
		assertBothRenamed(change, "shop.orders (id, a)", "orders (id, b)", "SELECT no FROM shop.orders",
				"SELECT no FROM orders");
	}

	@Test
	void keepAnIndexThatIsCalledAsOneToBeMade() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, items_sku text, items jsonb)",
				"CREATE INDEX ON orders (items_sku)");
		CatalogDump before = CatalogDump.of(this.db);
		Change change = Change.version("1", "c")
			.operation(
					ExtractJsonArray.of("orders", "items", "orders_items", "order_id", "n", JsonField.of("sku", "text"))
						.withIndex("sku"))
			.build();
		Application application = Application.of(this.db, change);
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContaining("orders_items_sku_idx");
		assertThat(CatalogDump.of(this.db).linesWith("orders_items_sku_idx"))
			.isEqualTo(before.linesWith("orders_items_sku_idx"))
			.hasSize(1);
	}

	@Test
	void keepACheckThatIsCalledAsAPrefixOfOurs() {
		this.db.execute(
				"CREATE TABLE orders (id bigint PRIMARY KEY, a text CONSTRAINT orders_a_not_null CHECK (id > 0))",
				"INSERT INTO orders VALUES (1, 'x')");
		Change change = Change.version("1", "c").operation(SetNotNull.of("orders", "a")).build();
		Application application = Application.of(this.db, change).start().run(change).contract(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(CatalogDump.of(this.db).linesWith("orders_a_not_null CHECK ((id > 0))")).hasSize(1);
	}

	private void assertBothRenamed(Change change, String one, String other, String... reads) {
		this.db.execute("INSERT INTO %s VALUES (1, 'one')".formatted(one),
				"INSERT INTO %s VALUES (1, 'other')".formatted(other));
		Application application = Application.of(this.db, change).start();
		this.db.execute("INSERT INTO %s VALUES (2, 'two')".formatted(one),
				"INSERT INTO %s VALUES (2, 'another')".formatted(other));
		application.run(change).contract(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(this.db.jdbc().sql(reads[0]).query(String.class).list()).containsExactlyInAnyOrder("one", "two");
		assertThat(this.db.jdbc().sql(reads[1]).query(String.class).list()).containsExactlyInAnyOrder("other",
				"another");
	}

}
