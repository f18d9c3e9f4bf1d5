package dev.concertina.operation;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Indexes and keys that are built while the application goes on.
 */
@PostgresTest
class IndexesIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final TestDatabase db;

	IndexesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text, country text)");
	}

	@Test
	void areUsedByQueries() {
		this.db.withRows("customer", 5000, "n, 'Mail' || n, 'c'").execute("ANALYZE customer");
		Change change = change(CreateIndex.of("customer", "lower(mail)"));
		assertThat(Application.of(this.db, change).start().run(change).status(change).state())
			.as("without an approval, as nothing is taken away")
			.isEqualTo(COMPLETED);
		assertThat(read("EXPLAIN SELECT FROM customer WHERE lower(mail) = 'mail7'")).contains("customer_lower_idx");
		assertThat(read("SELECT count(*)::text FROM pg_stats WHERE tablename = 'customer_lower_idx'"))
			.as("statistics of the expression")
			.isEqualTo("1");
	}

	@Test
	void areBuiltBesideReadsAndWrites() {
		this.db.withRows("customer", 100_000, "n, 'mail' || n, 'c' || n % 50");
		Change change = change(CreateIndex.of("customer", "mail", "country"), AddUnique.of("customer", "country", "id"),
				RebuildIndex.of("customer_pkey"));
		Application application = Application.of(this.db, change).start();
		try (Traffic traffic = Traffic.on(this.db, Duration.ofMillis(600), "SELECT mail FROM customer WHERE id = 1",
				"UPDATE customer SET country = 'x' WHERE id = 2",
				"INSERT INTO customer (id) VALUES (-1) ON CONFLICT (id) DO UPDATE SET mail = 'y'")) {
			application.run(change).contract(change);
			assertThat(application.status(change).state()).as("%s", application.status(change)).isEqualTo(COMPLETED);
			assertThat(traffic.failures()).isEmpty();
		}
		assertThat(invalid()).isEmpty();
	}

	@Test
	void thatAreUniqueFailByADuplicateAndGoOnWithoutIt() {
		this.db.execute("INSERT INTO customer VALUES (1, 'a', 'c'), (2, 'a', 'c')");
		Change change = change(CreateIndex.of("customer", "mail").withUnique());
		Application application = Application.of(this.db, change).start().run(change).contract(change);
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.FAILED));
		assertThat(application.status(change).reason()).contains("Key (mail)=(a) is duplicated");
		assertThat(invalid()).as("what would refuse writes").isEmpty();
		this.db.execute("INSERT INTO customer VALUES (3, 'a', 'c')", "DELETE FROM customer WHERE id > 1");
		application.concertina().steering().resume(change.id(), "ada");
		assertThat(application.run(change).status(change).state()).isEqualTo(COMPLETED);
		assertThat(read("SELECT indexdef FROM pg_indexes WHERE indexname = 'customer_mail_idx'"))
			.startsWith("CREATE UNIQUE INDEX");
	}

	@Test
	void dropWhatABrokenAttemptHasLeft() {
		Change change = change(CreateIndex.of("customer", "mail").withName("by_mail"));
		Application application = Application.of(this.db, change).start();
		this.db.execute("CREATE INDEX by_mail ON customer (id)",
				"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_mail'::regclass");
		assertThat(application.run(change).status(change).state()).isEqualTo(COMPLETED);
		assertThat(invalid()).isEmpty();
		assertThat(read("SELECT indexdef FROM pg_indexes WHERE indexname = 'by_mail'")).contains("(mail)");
	}

	@Test
	void thatAreInvalidAreBuiltAnew() {
		String name = "ä".repeat(30) + "y";
		this.db.execute("CREATE INDEX \"%s\" ON customer (mail)".formatted(name),
				"CREATE INDEX \"%s_ccnew\" ON customer (mail)".formatted("ä".repeat(28)),
				"UPDATE pg_index SET indisvalid = false WHERE indrelid = 'customer'::regclass AND NOT indisprimary");
		Change change = change(RebuildIndex.of(name));
		assertThat(Application.of(this.db, change).start().run(change).status(change).state()).isEqualTo(COMPLETED);
		assertThat(invalid()).isEmpty();
		assertThat(read(
				"SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'customer'"))
			.isEqualTo("customer_pkey " + name);
	}

	@Test
	void leaveNothingOfABrokenAttemptBehindARollback() {
		this.db.execute("CREATE INDEX by_mail ON customer (mail)");
		Change change = change(RebuildIndex.of("by_mail"));
		Application application = Application.of(this.db, change).start();
		this.db.execute("CREATE INDEX by_mail_ccnew ON customer (mail)",
				"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_mail_ccnew'::regclass");
		application.concertina().steering().rollBack(change.id(), "ada", "wrong");
		assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.ROLLED_BACK);
		assertThat(invalid()).isEmpty();
	}

	@Test
	void keepTheOldOneUntilTheNewOneIsThere() {
		this.db.execute("CREATE INDEX by_country ON customer (country)");
		Change change = change(ReplaceIndex.of("by_country", "country", "mail"));
		Application application = Application.of(this.db, change).start().run(change);
		assertThat(read("SELECT string_agg(indexdef, ' ') FROM pg_indexes WHERE indexdef LIKE '%country%'"))
			.contains("(country)", "(country, mail)");
		assertThat(application.contract(change).status(change).state()).isEqualTo(COMPLETED);
		assertThat(read("SELECT string_agg(indexdef, ' ') FROM pg_indexes WHERE indexdef LIKE '%country%'"))
			.isEqualTo("CREATE INDEX by_country ON public.customer USING btree (country, mail)");
	}

	private List<String> invalid() {
		return this.db.jdbc()
			.sql("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private String read(String query) {
		return String.join("\n", this.db.jdbc().sql(query).query(String.class).list());
	}

	private static Change change(Operation... operations) {
		Change.Builder change = Change.version("1", "change");
		List.of(operations).forEach(change::operation);
		return change.build();
	}

}
