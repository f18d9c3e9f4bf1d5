package dev.concertina.operation;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class LifecycleIntegrationTests {

	private final TestDatabase db;

	LifecycleIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void renamesAColumn() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text NOT NULL DEFAULT 'none')")
			.withRows("customer", 1000, "n, 'mail' || n");
		go(RenameColumn.of("customer", "mail", "email"));
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM customer WHERE email = 'mail' || id")
			.query(Long.class)
			.single()).isEqualTo(1000);
	}

	@Test
	void changesAType() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, created_epoch bigint)")
			.withRows("orders", 1000, "n, 1700000000 + n");
		go(ChangeColumnType.of("orders", "created_epoch", "created_at", "timestamptz", "to_timestamp(created_epoch)",
				"extract(epoch FROM created_at)::bigint"));
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM orders WHERE created_at = to_timestamp(1700000000 + id)")
			.query(Long.class)
			.single()).isEqualTo(1000);
	}

	@Test
	void extractsAJsonArray() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, line_items jsonb NOT NULL)")
			.withRows("orders", 1000,
					"n, (SELECT jsonb_agg(jsonb_build_object('sku', 'S' || i, 'qty', i, 'price', i * 1.5)) FROM generate_series(1, n % 4) i)"
						.replace("(SELECT jsonb_agg", "coalesce((SELECT jsonb_agg") + ", '[]')");
		go(ExtractJsonArray
			.of("orders", "line_items", "order_items", "order_id", "position", JsonField.of("sku", "text"),
					JsonField.of("quantity", "integer", "qty"), JsonField.of("price", "numeric(10,2)"))
			.withIndex("sku"));
		assertThat(this.db.jdbc().sql("SELECT count(*) FROM order_items").query(Long.class).single()).isEqualTo(1500);
	}

	@Test
	void addsAFilledColumn() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price numeric, quantity int)")
			.withRows("line", 1000, "n, n * 1.1, 3");
		go(AddColumn.of("line", "total", "numeric").filledBy("price * quantity").withNotNull().withDefault("0"));
	}

	@Test
	void setsNotNull() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, name text)")
			.withRows("customer", 1000, "n, CASE WHEN n % 2 = 0 THEN 'x' END");
		go(SetNotNull.of("customer", "name").replacingNullBy("'unknown ' || id"));
	}

	private void go(Operation operation) {
		Change change = Change.version("1", "change").operation(operation).build();
		Application application = Application.of(this.db, change).start();
		assertThat(application.status(change).state()).isEqualTo(State.running(Phase.BACKFILL));
		application.run(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(State.running(Phase.CONTRACT));
		application.contract(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

}
