package dev.concertina.testing;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class CatalogDumpIntegrationTests {

	private static final String SHOP = """
			CREATE TYPE state AS ENUM ('new', 'paid');
			CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');
			CREATE TABLE customer (
			    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			    mail mail NOT NULL,
			    name varchar(50) COLLATE "C" DEFAULT 'nobody',
			    shout text GENERATED ALWAYS AS (upper(name)) STORED);
			CREATE TABLE orders (
			    id serial PRIMARY KEY,
			    customer_id bigint REFERENCES customer ON DELETE CASCADE,
			    state state,
			    total numeric(10,2) CONSTRAINT positive CHECK (total > 0)) WITH (fillfactor = 80);
			CREATE INDEX open_orders ON orders (customer_id DESC) WHERE state = 'new';
			CREATE VIEW big_order AS SELECT id, total FROM orders WHERE total > 100;
			CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
			    RETURN NEW;
			END $$;
			CREATE TRIGGER touch BEFORE UPDATE OF mail ON customer FOR EACH ROW EXECUTE FUNCTION touch();
			CREATE TABLE visit (day date, page text) PARTITION BY RANGE (day);
			CREATE TABLE visit_2026 PARTITION OF visit FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
			COMMENT ON COLUMN customer.mail IS 'where the bill goes';
			GRANT SELECT ON customer TO PUBLIC""";

	private final TestDatabase db;

	private CatalogDump before = new CatalogDump(List.of());

	CatalogDumpIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void dumpShop() {
		this.before = CatalogDump.of(this.db.execute(SHOP));
	}

	static Stream<String> shopLines() {
		return Stream.of("column public.customer.id bigint NOT NULL IDENTITY ALWAYS",
				"column public.customer.mail public.mail NOT NULL",
				"column public.customer.name character varying(50) COLLATE \"C\" DEFAULT 'nobody'::character varying",
				"column public.customer.shout text GENERATED s upper((name)::text)",
				"comment table column public.customer.mail IS 'where the bill goes'",
				"constraint public.mail mail_check CHECK ((VALUE ~~ '%@%'::text))",
				"constraint public.orders orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES "
						+ "public.customer(id) ON DELETE CASCADE",
				"constraint public.orders positive CHECK ((total > (0)::numeric))",
				"grant table public.customer TO PUBLIC: SELECT",
				"index CREATE INDEX open_orders ON public.orders USING btree (customer_id DESC) "
						+ "WHERE (state = 'new'::public.state)",
				"sequence public.orders_id_seq integer START 1 INCREMENT 1 MIN 1 MAX 2147483647 CACHE 1 "
						+ "OWNED BY public.orders.id OWNER postgres",
				"table public.orders WITH fillfactor=80 OWNER postgres",
				"table public.visit PARTITION BY RANGE (day) OWNER postgres",
				"table public.visit_2026 OF public.visit FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') "
						+ "OWNER postgres",
				"trigger CREATE TRIGGER touch BEFORE UPDATE OF mail ON public.customer FOR EACH ROW "
						+ "EXECUTE FUNCTION public.touch()",
				"type public.state ENUM 'new', 'paid' OWNER postgres");
	}

	@ParameterizedTest
	@MethodSource("shopLines")
	void showsEachObjectInALine(String line) {
		assertThat(this.before.lines()).contains(line);
	}

	@Test
	void showsTheQueryOfAView() {
		assertThat(this.before.linesWith("view public.big_order OWNER postgres AS SELECT")).hasSize(1);
	}

	@Test
	void doesNotDependOnThePhysicalOrderOfColumns() {
		this.db.execute("ALTER TABLE orders DROP COLUMN total CASCADE", "ALTER TABLE orders ADD COLUMN note text",
				"ALTER TABLE orders DROP COLUMN note",
				"ALTER TABLE orders ADD COLUMN total numeric(10,2) CONSTRAINT positive CHECK (total > 0)",
				"CREATE VIEW big_order AS SELECT id, total FROM orders WHERE total > 100");

		assertThat(CatalogDump.of(this.db)).isEqualTo(this.before);
	}

	@Test
	void doesNotDependOnTheWayADefaultRightWasGiven() {
		this.db.execute("REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC",
				"GRANT EXECUTE ON FUNCTION touch() TO PUBLIC");

		assertThat(CatalogDump.of(this.db)).isEqualTo(this.before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE customer ALTER COLUMN name DROP DEFAULT",
			"ALTER TABLE customer ALTER COLUMN mail DROP NOT NULL", "ALTER TABLE customer DISABLE TRIGGER touch",
			"ALTER TABLE orders RENAME CONSTRAINT positive TO above_zero", "DROP INDEX open_orders",
			"CREATE SEQUENCE ticket", "COMMENT ON TRIGGER touch ON customer IS 'nothing'",
			"GRANT UPDATE (name) ON customer TO PUBLIC", "ALTER TYPE state ADD VALUE 'sent'",
			"CREATE POLICY own ON customer USING (name = current_user)", "CREATE SCHEMA archive",
			"ALTER TABLE customer ENABLE ROW LEVEL SECURITY", "CREATE STATISTICS s ON id, name FROM customer",
			"CREATE RULE r AS ON DELETE TO visit DO INSTEAD NOTHING", "ALTER TABLE visit DETACH PARTITION visit_2026" })
	void differsAfter(String statement) {
		this.db.execute(statement);

		assertThat(CatalogDump.of(this.db)).isNotEqualTo(this.before);
	}

	@Test
	void showsThatAnIndexIsInvalid() {
		this.db.execute("INSERT INTO customer (mail) VALUES ('a@b'), ('a@b')");
		Session session = this.db.session("index");
		session.start("CREATE UNIQUE INDEX CONCURRENTLY one_mail ON customer (mail)").failure();

		assertThat(CatalogDump.of(this.db).linesWith("one_mail")).singleElement().asString().endsWith("INVALID");
	}

	@Test
	void leavesASchemaOutAndKeepsItsFunctionsIfAsked() {
		this.db.execute("CREATE SCHEMA concertina; CREATE TABLE concertina.chunk (id int)",
				"CREATE FUNCTION concertina.copy() RETURNS int LANGUAGE sql AS 'SELECT 1'");
		CatalogScope scope = CatalogScope.everything();

		assertThat(CatalogDump.of(this.db, scope.without("concertina"))).isEqualTo(this.before);
		assertThat(CatalogDump.of(this.db, scope.withoutAllButFunctionsOf("concertina")).linesWith("concertina"))
			.singleElement()
			.asString()
			.startsWith("function CREATE OR REPLACE FUNCTION concertina.copy()");
	}

}
