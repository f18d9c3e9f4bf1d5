package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.testing.proof.Scenario;

/**
 * Operations on constraints.
 */
final class ConstraintScenarios {

	private ConstraintScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(foreignKey(), oddForeignKey(), foreignKeyToItself(), foreignKeyToPartitions(), check(),
				checkOnPartitions(), unique(), deferredUnique(), primaryKey(), renamed(), droppedCheck(),
				droppedForeignKey(), droppedKeys(), several());
	}

	private static Scenario foreignKey() {
		return orders("add a foreign key",
				AddForeignKey.of("line", "order_id", "orders").onDelete(ReferentialAction.CASCADE))
			.sameAs("ALTER TABLE line ADD FOREIGN KEY (order_id) REFERENCES orders ON DELETE CASCADE");
	}

	private static Scenario oddForeignKey() {
		return Scenario.of("add a foreign key with odd names",
				AddForeignKey.of("Lines", List.of("Shop", "a;b"), "\"Odd Shop\".\"Lines\"", List.of("Shop", "B\"no"))
					.withName("key of \"lines\"; --")
					.onDelete(ReferentialAction.SET_NULL)
					.onUpdate(ReferentialAction.CASCADE)
					.withInitiallyDeferred())
			.table("CREATE SCHEMA \"Odd Shop\"",
					"CREATE TABLE \"Odd Shop\".\"Lines\" (\"B\"\"no\" text, \"Shop\" int, UNIQUE (\"B\"\"no\", \"Shop\"))",
					"CREATE TABLE \"Lines\" (id bigint, \"Shop\" bigint, \"a;b\" varchar(10) NOT NULL)")
			.rows("INSERT INTO \"Odd Shop\".\"Lines\" VALUES ('a', 1), ('b', 2)",
					"INSERT INTO \"Lines\" VALUES (1, 1, 'a'), (2, NULL, 'none')")
			.sameAs("ALTER TABLE \"Lines\" ADD CONSTRAINT \"key of \"\"lines\"\"; --\" FOREIGN KEY (\"Shop\", \"a;b\") REFERENCES \"Odd Shop\".\"Lines\" (\"Shop\", \"B\"\"no\") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED");
	}

	private static Scenario foreignKeyToItself() {
		return orders("add a foreign key to the same table", AddForeignKey.of("orders", "replaces", "orders"))
			.sameAs("ALTER TABLE orders ADD FOREIGN KEY (replaces) REFERENCES orders");
	}

	private static Scenario foreignKeyToPartitions() {
		return Scenario.of("add a foreign key to a partitioned table", AddForeignKey.of("note", "visit", "visit"))
			.table("CREATE TABLE visit (id bigint PRIMARY KEY) PARTITION BY RANGE (id)",
					"CREATE TABLE visit_a PARTITION OF visit FOR VALUES FROM (0) TO (10)",
					"CREATE TABLE visit_b PARTITION OF visit DEFAULT", "CREATE TABLE note (visit bigint, word text)")
			.rows("INSERT INTO visit SELECT generate_series(1, 20)",
					"INSERT INTO note SELECT n, 'w' FROM generate_series(1, 20) n")
			.sameAs("ALTER TABLE note ADD FOREIGN KEY (visit) REFERENCES visit");
	}

	private static Scenario check() {
		return orders("add a check", AddCheck.of("line", "some; of \"it\"", "quantity > 0 -- or NULL"))
			.sameAs("ALTER TABLE line ADD CONSTRAINT \"some; of \"\"it\"\"\" CHECK (quantity > 0)");
	}

	private static Scenario checkOnPartitions() {
		return Scenario.of("add a check to partitions", AddCheck.of("visit", "positive", "id > 0"))
			.table("CREATE TABLE visit (id bigint) PARTITION BY RANGE (id)",
					"CREATE TABLE visit_a PARTITION OF visit FOR VALUES FROM (0) TO (10)",
					"CREATE TABLE visit_b PARTITION OF visit DEFAULT")
			.rows("INSERT INTO visit SELECT generate_series(1, 20)")
			.sameAs("ALTER TABLE visit ADD CONSTRAINT positive CHECK (id > 0)");
	}

	private static Scenario unique() {
		return orders("add a unique constraint", AddUnique.of("line", "order_id", "quantity"))
			.sameAs("ALTER TABLE line ADD UNIQUE (order_id, quantity)");
	}

	private static Scenario deferredUnique() {
		return orders("add a deferred unique constraint",
				AddUnique.of("line", "quantity", "order_id").withName("Only \"one\"").withInitiallyDeferred())
			.sameAs("ALTER TABLE line ADD CONSTRAINT \"Only \"\"one\"\"\" UNIQUE (quantity, order_id) DEFERRABLE INITIALLY DEFERRED");
	}

	private static Scenario primaryKey() {
		return orders("add a primary key", AddPrimaryKey.of("line", "order_id", "number"))
			.sameAs("ALTER TABLE line ADD PRIMARY KEY (order_id, number)");
	}

	private static Scenario renamed() {
		return orders("rename constraints", RenameConstraint.of("orders", "orders_pkey", "Orders \"Key\""),
				RenameConstraint.of("orders", "known", "orders_state_check"))
			.sameAs("ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO \"Orders \"\"Key\"\"\"",
					"ALTER TABLE orders RENAME CONSTRAINT known TO orders_state_check");
	}

	private static Scenario droppedCheck() {
		return orders("drop a check", DropConstraint.of("orders", "known"))
			.table("ALTER TABLE line ADD CONSTRAINT later CHECK (quantity < 100) NOT VALID")
			.sameAs("ALTER TABLE orders DROP CONSTRAINT known");
	}

	private static Scenario droppedForeignKey() {
		return orders("drop foreign keys", DropConstraint.of("line", "parent"), DropConstraint.of("line", "later"))
			.table("ALTER TABLE line ADD CONSTRAINT parent FOREIGN KEY (order_id) REFERENCES orders ON DELETE CASCADE DEFERRABLE",
					"ALTER TABLE line ADD CONSTRAINT later FOREIGN KEY (number) REFERENCES orders NOT VALID",
					"COMMENT ON CONSTRAINT parent ON line IS 'it''s one'")
			.sameAs("ALTER TABLE line DROP CONSTRAINT parent, DROP CONSTRAINT later");
	}

	private static Scenario droppedKeys() {
		return orders("drop keys", DropConstraint.of("orders", "orders_pkey"), DropConstraint.of("orders", "once"))
			.table("ALTER TABLE orders ADD CONSTRAINT once UNIQUE (replaces)")
			.sameAs("ALTER TABLE orders DROP CONSTRAINT orders_pkey, DROP CONSTRAINT once");
	}

	private static Scenario several() {
		return orders("constrain a new column", AddColumn.of("line", "total", "bigint").filledBy("quantity * 2"),
				CreateIndex.of("line", "total", "order_id"), AddCheck.of("line", "positive", "total > 0"),
				AddForeignKey.of("line", "order_id", "orders"))
			.sameAs("ALTER TABLE line ADD total bigint", "UPDATE line SET total = quantity * 2",
					"CREATE INDEX ON line (total, order_id)",
					"ALTER TABLE line ADD CONSTRAINT positive CHECK (total > 0)",
					"ALTER TABLE line ADD FOREIGN KEY (order_id) REFERENCES orders");
	}

	private static Scenario orders(String name, Operation... operations) {
		return Scenario.of(name, operations)
			.table("CREATE TABLE orders (id bigint PRIMARY KEY, replaces bigint, state text CONSTRAINT known CHECK (state <> ''))",
					"CREATE TABLE line (order_id bigint, number int NOT NULL, quantity int)",
					"COMMENT ON CONSTRAINT known ON orders IS 'any'")
			.rows("INSERT INTO orders SELECT n, n - 1, 's' FROM generate_series(0, 40) n",
					"UPDATE orders SET replaces = NULL WHERE id = 0",
					"INSERT INTO line SELECT n, 1, n FROM generate_series(1, 40) n");
	}

}
