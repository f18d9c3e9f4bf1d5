package dev.concertina.operation;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What is refused before anything runs.
 */
@PostgresTest
class RefusedConstraintsIntegrationTests {

	private final TestDatabase db;

	RefusedConstraintsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTables() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, code text UNIQUE, place point, word text)",
				"CREATE UNIQUE INDEX word_once ON orders (word)", "CREATE INDEX by_place ON orders USING gist (place)",
				"CREATE TABLE line (order_id bigint REFERENCES orders, number int, code text, word text REFERENCES orders (word))",
				"CREATE TABLE visit (id bigint, order_id bigint, page text) PARTITION BY RANGE (id)",
				"CREATE TABLE visit_a PARTITION OF visit FOR VALUES FROM (0) TO (10) PARTITION BY LIST (page)",
				"CREATE INDEX by_page ON visit (page)", "CREATE VIEW everything AS SELECT page FROM visit",
				"ALTER TABLE visit ADD CONSTRAINT positive CHECK (id > 0)");
	}

	@Test
	void indexesOfWhatIsNoIndexElement() {
		assertRefused("column \"nope\" does not exist", CreateIndex.of("orders", "nope"));
		assertRefused("syntax error", CreateIndex.of("orders", "code || word"));
		assertRefused("functions in index expression must be marked IMMUTABLE",
				CreateIndex.of("orders", "(code || now())"));
		assertRefused("operator class \"jsonb_ops\" does not accept data type text",
				CreateIndex.of("orders", "code jsonb_ops"));
		assertRefused("data type point has no default operator class", CreateIndex.of("orders", "place"));
		assertRefused("access method \"nope\" does not exist", CreateIndex.of("orders", "code").using("nope"));
		assertRefused("unrecognized parameter \"nope\"", CreateIndex.of("orders", "code").withStorage("nope = 1"));
		assertRefused("has no column nope", CreateIndex.of("orders", "code").including("nope"));
		assertRefused("aggregate functions are not allowed", CreateIndex.of("orders", "code").where("max(code) > 'a'"));
	}

	@Test
	void indexElementsThatEndTheStatement() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> CreateIndex.of("orders", "code; DROP TABLE line"))
			.withMessageContaining("a ';'");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> CreateIndex.of("orders", "code) WHERE (true"))
			.withMessageContaining("a ')' without '('");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> CreateIndex.of("orders", "code -- the code"))
			.withMessageContaining("holds a comment");
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> CreateIndex.of("orders"))
			.withMessageContaining("on nothing");
	}

	@Test
	void indexesThatCantBeBuilt() {
		assertRefused("everything is a view", CreateIndex.of("everything", "page"));
		assertRefused("visit_a is a view, a foreign table, or a partition that has partitions itself",
				CreateIndex.of("visit_a", "page"));
		assertRefused("must include all partitioning columns", CreateIndex.of("visit", "order_id").withUnique());
		assertRefused("The name public.by_page is taken", CreateIndex.of("orders", "code").withName("by_page"));
		assertRefused("Two operations of one change are about index public.fresh",
				CreateIndex.of("orders", "code").withName("fresh"), CreateIndex.of("line", "code").withName("fresh"));
		assertRefused("column \"code\" does not exist", RenameColumn.of("orders", "code", "sku"),
				CreateIndex.of("orders", "code"));
		assertRefused("Two operations of one change are about column public.orders.code",
				CreateIndex.of("orders", "code", "word"), RenameColumn.of("orders", "code", "sku"));
	}

	@Test
	void indexesThatSomethingNeeds() {
		assertRefused("There is no index nope", DropIndex.of("nope"));
		assertRefused("Index public.orders_pkey is that of constraint orders_pkey", DropIndex.of("orders_pkey"));
		assertRefused("Index public.orders_pkey is that of constraint orders_pkey",
				ReplaceIndex.of("orders_pkey", "id"));
		assertRefused("Index public.orders_pkey is that of constraint orders_pkey",
				RenameIndex.of("orders_pkey", "other"));
		assertRefused("because of: constraint line_word_fkey on table line", DropIndex.of("word_once"));
		assertRefused("Index public.visit_a_page_idx is a part of index public.by_page",
				DropIndex.of("visit_a_page_idx"));
		assertRefused("The name public.by_page is taken", RenameIndex.of("by_place", "by_page"));
		this.db.execute("ALTER TABLE orders ALTER word SET NOT NULL, REPLICA IDENTITY USING INDEX word_once",
				"ALTER TABLE line DROP CONSTRAINT line_word_fkey");
		assertRefused("because of: replica identity of table orders", DropIndex.of("word_once"));
	}

	@Test
	void indexesThatCantBeBuiltAnew() {
		this.db.execute("ALTER TABLE orders ADD CONSTRAINT apart EXCLUDE USING gist (place WITH ~=)",
				"CREATE INDEX by_place_ccnew ON orders (id)");
		assertRefused("that of the exclusion constraint apart", RebuildIndex.of("apart"));
		assertRefused("PostgreSQL calls an index public.by_place_ccnew for a while", RebuildIndex.of("by_place"));
		this.db.execute("DROP INDEX by_place_ccnew", "CREATE INDEX by_place_ccnew ON line (number)",
				"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_place_ccnew'::regclass");
		assertRefused("PostgreSQL calls an index public.by_place_ccnew for a while", RebuildIndex.of("by_place"));
	}

	@Test
	void foreignKeysToWhatIsNoKey() {
		assertRefused("No key of public.orders keeps the values of [place] apart",
				AddForeignKey.of("line", List.of("code"), "orders", List.of("place")));
		assertRefused("No key of public.orders keeps the values of [code, word] apart",
				AddForeignKey.of("line", List.of("code", "word"), "orders", List.of("code", "word")));
		assertRefused("shall refer to it", AddForeignKey.of("orders", "id", "line"));
		assertRefused("cannot be implemented", AddForeignKey.of("line", "code", "orders").withName("c"));
		assertRefused("has a constraint line_order_id_fkey already", AddForeignKey.of("line", "order_id", "orders"));
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> AddForeignKey.of("line", List.of("code", "word"), "orders", List.of("code")))
			.withMessageContaining("refers to [code]");
	}

	@Test
	void foreignKeysOfPartitionedTablesBeforePostgres18() {
		assumeThat(this.db.majorVersion()).isLessThan(18);
		assertRefused("cannot add NOT VALID foreign key on partitioned table",
				AddForeignKey.of("visit", "order_id", "orders"));
	}

	@Test
	void keysThatCantBeBuilt() {
		assertRefused("has the primary key [id] already", AddPrimaryKey.of("orders", "code"));
		assertRefused("public.visit is partitioned", AddPrimaryKey.of("visit", "id"));
		assertRefused("public.visit is partitioned", AddUnique.of("visit", "id"));
		assertRefused("The values of [place] can't be kept apart", AddUnique.of("orders", "place"));
		assertRefused("The name public.word_once is taken", AddUnique.of("orders", "word").withName("word_once"));
		assertRefused("has a constraint orders_code_key already", AddUnique.of("orders", "code"));
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> AddUnique.of("orders", "id", "id"))
			.withMessageContaining("[id, id]");
		assertRefused("The exclusion constraint apart of public.orders can't be added while the table is in use",
				AddExclusion.of("orders", "apart", "USING gist (place WITH ~=)"));
		assertRefused("The exclusion constraint apart of public.booking can't be made: ERROR: column \"room\"",
				CreateTable.of("booking", TableColumn.of("during", "tstzrange")),
				AddExclusion.of("booking", "apart", "USING gist (room WITH =)"));
	}

	@Test
	void checksThatDoNotCompile() {
		assertRefused("argument of CHECK must be type boolean", AddCheck.of("orders", "c", "length(code)"));
		assertRefused("cannot use subquery in check constraint",
				AddCheck.of("orders", "c", "code IN (SELECT code FROM line)"));
		assertRefused("has a constraint orders_code_key already", AddCheck.of("orders", "orders_code_key", "id > 0"));
	}

	@Test
	void constraintsThatSomethingNeeds() {
		assertRefused("has no constraint nope", DropConstraint.of("orders", "nope"));
		assertRefused(
				"primary key orders_pkey of public.orders can't be dropped, because of: constraint line_order_id_fkey",
				DropConstraint.of("orders", "orders_pkey"));
		assertRefused("public.visit_a has constraint positive from the table that it is a part of",
				DropConstraint.of("visit_a", "positive"));
		assertRefused("public.visit_a has constraint positive from the table that it is a part of",
				RenameConstraint.of("visit_a", "positive", "other"));
		assertRefused("has a constraint orders_code_key already",
				RenameConstraint.of("orders", "orders_pkey", "orders_code_key"));
		assertRefused("The name public.word_once is taken", RenameConstraint.of("orders", "orders_pkey", "word_once"));
		assertRefused("Two operations of one change are about column public.orders.id",
				DropConstraint.of("line", "line_order_id_fkey"), RenameColumn.of("orders", "id", "key"));
	}

	private void assertRefused(String problem, Operation... operations) {
		List<String> before = CatalogDump.of(this.db).lines();
		Change.Builder change = Change.version("1", "change");
		List.of(operations).forEach(change::operation);
		Schema schema = Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource())));
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> PlanCompiler.compile(Definition.of(change.build()), schema))
			.withMessageContaining(problem);
		assertThat(CatalogDump.of(this.db).lines()).isEqualTo(before);
	}

}
