package dev.concertina.operation;

import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.testing.proof.Scenario;

/**
 * Operations on indexes.
 */
final class IndexScenarios {

	private static final String[] ROOMS = { "CREATE SCHEMA \"Odd Shop\"", """
			CREATE TABLE "Odd Shop"."a;b" (
			  "Id" bigint PRIMARY KEY,
			  "First Name" text NOT NULL,
			  note text,
			  tags text[] NOT NULL DEFAULT '{}')""" };

	private static final String[] VISITS = {
			"CREATE TABLE visit (day date NOT NULL, id bigint NOT NULL, page text) PARTITION BY RANGE (day)",
			"CREATE TABLE visit_old PARTITION OF visit FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
			"CREATE TABLE visit_new PARTITION OF visit FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (page)",
			"CREATE TABLE visit_new_any PARTITION OF visit_new DEFAULT" };

	private static final String VISITED = "INSERT INTO visit SELECT date '2020-06-01' + n::int * 10, n, 'p' || n FROM generate_series(1, 40) n";

	private IndexScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(created(), createdInOddPlaces(), createdOnPartitions(), unique(), dropped(),
				droppedOnPartitions(), rebuilt(), rebuiltOnPartitions(), replaced(), replacedOnPartitions(), renamed());
	}

	private static Scenario created() {
		return customers("create an index", CreateIndex.of("customer", "lower(mail)", "country"))
			.sameAs("CREATE INDEX ON customer (lower(mail), country)");
	}

	private static Scenario createdInOddPlaces() {
		return Scenario
			.of("create indexes with all options",
					CreateIndex.of("\"Odd Shop\".\"a;b\"", "First Name")
						.including("Id", "note")
						.where("note <> ';' -- not all")
						.withStorage("fillfactor = 70", "deduplicate_items = off"),
					CreateIndex
						.of("\"Odd Shop\".\"a;b\"", "note COLLATE \"C\" text_pattern_ops DESC NULLS LAST",
								"(note || '--' || \"First Name\")")
						.withName("odd \"name\" ; --"),
					CreateIndex.of("\"Odd Shop\".\"a;b\"", "tags").using("gin").withStorage("fastupdate = off"))
			.table(ROOMS)
			.rows("INSERT INTO \"Odd Shop\".\"a;b\" SELECT n, 'n' || n, 'note' FROM generate_series(1, 30) n")
			.sameAs("CREATE INDEX ON \"Odd Shop\".\"a;b\" (\"First Name\") INCLUDE (\"Id\", note) WITH (fillfactor = 70, deduplicate_items = off) WHERE note <> ';'",
					"CREATE INDEX \"odd \"\"name\"\" ; --\" ON \"Odd Shop\".\"a;b\" (note COLLATE \"C\" text_pattern_ops DESC NULLS LAST, (note || '--' || \"First Name\"))",
					"CREATE INDEX ON \"Odd Shop\".\"a;b\" USING gin (tags) WITH (fastupdate = off)");
	}

	private static Scenario createdOnPartitions() {
		return visits("create an index of partitions",
				CreateIndex.of("visit", "id", "page").including("day").withName("visit_id"))
			.sameAs("CREATE INDEX visit_id ON visit (id, page) INCLUDE (day)",
					"ALTER INDEX visit_old_id_page_day_idx RENAME TO visit_id_visit_old",
					"ALTER INDEX visit_new_id_page_day_idx RENAME TO visit_id_visit_new",
					"ALTER INDEX visit_new_any_id_page_day_idx RENAME TO visit_id_visit_new_any");
	}

	private static Scenario unique() {
		return customers("create a unique index", CreateIndex.of("customer", "lower(mail)").withUnique())
			.sameAs("CREATE UNIQUE INDEX ON customer (lower(mail))");
	}

	private static Scenario dropped() {
		return customers("drop an index", DropIndex.of("customer_country")).sameAs("DROP INDEX customer_country");
	}

	private static Scenario droppedOnPartitions() {
		return visits("drop an index of partitions", DropIndex.of("visit_page"))
			.table("CREATE INDEX visit_page ON visit (page)")
			.sameAs("DROP INDEX visit_page");
	}

	private static Scenario rebuilt() {
		return customers("build an index anew", RebuildIndex.of("customer_country"), RebuildIndex.of("customer_pkey"))
			.sameAs("REINDEX INDEX customer_country");
	}

	private static Scenario rebuiltOnPartitions() {
		return visits("build an index of partitions anew", RebuildIndex.of("visit_page"))
			.table("CREATE INDEX visit_page ON visit (page)")
			.sameAs("REINDEX INDEX visit_page");
	}

	private static Scenario replaced() {
		return customers("replace an index",
				ReplaceIndex.of("customer_country", CreateIndex.of("customer", "country", "mail DESC").where("id > 5")))
			.sameAs("DROP INDEX customer_country",
					"CREATE INDEX customer_country ON customer (country, mail DESC) WHERE id > 5",
					"COMMENT ON INDEX customer_country IS 'it''s for reports'");
	}

	private static Scenario replacedOnPartitions() {
		return visits("replace an index of partitions", ReplaceIndex.of("visit_page", "page", "day"))
			.table("CREATE INDEX visit_page ON visit (page)",
					"ALTER INDEX visit_old_page_idx RENAME TO visit_page_visit_old")
			.sameAs("DROP INDEX visit_page", "CREATE INDEX visit_page ON visit (page, day)",
					"ALTER INDEX visit_old_page_day_idx RENAME TO visit_page_visit_old",
					"ALTER INDEX visit_new_page_day_idx RENAME TO visit_new_page_idx",
					"ALTER INDEX visit_new_any_page_day_idx RENAME TO visit_new_any_page_idx");
	}

	private static Scenario renamed() {
		return customers("rename an index", RenameIndex.of("customer_country", "by \"country\""))
			.sameAs("ALTER INDEX customer_country RENAME TO \"by \"\"country\"\"\"");
	}

	private static Scenario customers(String name, Operation... operations) {
		return Scenario.of(name, operations)
			.table("CREATE TABLE customer (id bigint PRIMARY KEY, mail text, country text)",
					"CREATE INDEX customer_country ON customer (country)",
					"COMMENT ON INDEX customer_country IS 'it''s for reports'")
			.rows("INSERT INTO customer SELECT n, 'Mail' || n, 'c' || n % 3 FROM generate_series(1, 50) n");
	}

	private static Scenario visits(String name, Operation operation) {
		return Scenario.of(name, operation).table(VISITS).rows(VISITED);
	}

}
