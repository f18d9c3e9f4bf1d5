package dev.concertina.chunk;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Phase;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.RowOrder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What has no blocks: views and foreign tables, whose rows are copied to a new table.
 */
@PostgresTest
class OtherSourcesIntegrationTests {

	private static final RowOrder BY_ID = RowOrder.ofKey(ColumnName.of("id"));

	private final TestDatabase db;

	OtherSourcesIntegrationTests(TestDatabase db) {
		this.db = db;
		db.execute("CREATE TABLE line (id bigint PRIMARY KEY, name text COLLATE \"C\" NOT NULL)",
				"CREATE TABLE copy (id bigint PRIMARY KEY, name text)")
			.withRows("line", 200, "n * 3, 'name ' || n");
	}

	@Test
	void areViewsOverSeveralTables() {
		this.db.execute("CREATE TABLE old (LIKE line)", "INSERT INTO old SELECT id + 1, name FROM line",
				"CREATE VIEW source AS SELECT * FROM line UNION ALL SELECT * FROM old");
		assertIsCopied("source", BY_ID, 400);
	}

	@Test
	void areViewsOverJoinsByAKeyOfSeveralColumns() {
		this.db.execute(
				"CREATE VIEW source AS SELECT l.id * 10 + n AS id, l.name, n FROM line AS l, generate_series(1, 3) AS n");
		assertIsCopied("source", RowOrder.ofKey(ColumnName.of("name"), ColumnName.of("n")), 600);
	}

	@Test
	void areMaterializedViews() {
		this.db.execute("CREATE MATERIALIZED VIEW source AS SELECT * FROM line");
		assertIsCopied("source", RowOrder.DEFAULT, 200);
	}

	@Test
	void areForeignTables() {
		createServer();
		this.db.execute(
				"CREATE FOREIGN TABLE source (id bigint, name text COLLATE \"C\") SERVER here OPTIONS (table_name 'line')");
		assertIsCopied("source", BY_ID, 200);
	}

	@Test
	void areForeignTablesByAKeyOfSeveralColumns() {
		createServer();
		this.db.execute(
				"CREATE FOREIGN TABLE source (id bigint, name text COLLATE \"C\") SERVER here OPTIONS (table_name 'line')");
		assertIsCopied("source", RowOrder.ofKey(ColumnName.of("name"), ColumnName.of("id")), 200);
	}

	/** Its heap goes by blocks, and nobody has to say so. */
	@Test
	void arePartitionsOfOtherKinds() {
		createPartitions();
		assertIsCopied("source", new RowOrder(false, List.of(ColumnName.of("id"))), 200 + 50);
		assertThat(chunks("filenode IS NOT NULL")).isPositive();
		assertThat(chunks("end_key IS NOT NULL")).isPositive();
	}

	@Test
	void areGoneOverByTheRunOfAChange() {
		createPartitions();
		Change change = change("source", new RowOrder(false, List.of(ColumnName.of("id"))));
		Application application = Application.of(this.db, change).start().run(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(copied()).isEqualTo(250);
	}

	@Test
	void needAKeyThatIsNamed() {
		createPartitions();
		KeyedRun run = KeyedRun.started(this.db, change("source", RowOrder.DEFAULT));
		assertThatExceptionOfType(MissingKeyException.class).isThrownBy(run::copy)
			.withMessageContaining("public.source_far has no key to go over it by")
			.satisfies((failure) -> assertThat(failure.action()).contains("name the columns of a key in the step"));
		assertThat(copied()).as("rows of the other partition").isZero();
	}

	@Test
	void areForgottenWithTheirPartitions() {
		createPartitions();
		KeyedRun run = KeyedRun.started(this.db, change("source", new RowOrder(false, List.of(ColumnName.of("id")))));
		assertThat(run.copy()).isTrue();
		this.db.execute("DROP FOREIGN TABLE source_far");
		assertThat(run.copy()).isTrue();
		assertThat(chunks("end_key IS NOT NULL")).isZero();
	}

	private void createPartitions() {
		createServer();
		this.db.execute("CREATE TABLE source (id bigint NOT NULL, name text) PARTITION BY RANGE (id)",
				"CREATE TABLE source_here PARTITION OF source FOR VALUES FROM (1000) TO (2000)",
				"CREATE FOREIGN TABLE source_far PARTITION OF source FOR VALUES FROM (0) TO (1000) SERVER here OPTIONS (table_name 'line')",
				"INSERT INTO source_here SELECT n, 'here' FROM generate_series(1000, 1049) AS n");
	}

	private void createServer() {
		this.db.execute("CREATE EXTENSION postgres_fdw",
				"DO $$ BEGIN EXECUTE format('CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host ''localhost'', port %L, dbname %L)', current_setting('port'), current_database()); END $$",
				"CREATE USER MAPPING FOR CURRENT_USER SERVER here OPTIONS (user '%s', password '%s')"
					.formatted(this.db.user(), this.db.password().isEmpty() ? "none" : this.db.password()));
	}

	private void assertIsCopied(String source, RowOrder order, long rows) {
		KeyedRun run = KeyedRun.started(this.db, change(source, order));
		assertThat(run.copy()).isTrue();
		assertThat(copied()).isEqualTo(rows);
		assertThat(run.compare()).satisfies((verdict) -> {
			assertThat(verdict.rows()).isEqualTo(rows);
			assertThat(verdict.mismatches()).isZero();
		});
	}

	private static Change change(String source, RowOrder order) {
		TableName table = TableName.of("public." + source);
		Backfill copy = new Backfill("copy the rows", table,
				List.of(new RangedSql("INSERT INTO copy SELECT source.id, source.name FROM", " WHERE", "")));
		Check check = new Check("all rows are there", table, new RangedSql("""
				SELECT source.id::text AS key, CASE WHEN c.id IS NULL THEN 'missing' END AS difference FROM""",
				" LEFT JOIN copy AS c ON c.id = source.id AND c.name = source.name WHERE", ""));
		return Change.version("1", "copy").operation(new GivenSteps(copy.in(order), check.in(order))).build();
	}

	private long copied() {
		return this.db.jdbc().sql("SELECT count(*) FROM copy").query(Long.class).single();
	}

	private long chunks(String condition) {
		return this.db.jdbc()
			.sql("SELECT count(*) FROM concertina.chunk WHERE phase = 'BACKFILL' AND " + condition)
			.query(Long.class)
			.single();
	}

}
