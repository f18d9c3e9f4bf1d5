package dev.concertina.chunk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.plan.RowOrder;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables that are gone over by keys of many types.
 */
@Tag("slow")
@PostgresTest
class KeyKindsIntegrationTests {

	private static final Change CHANGE = KeyedTable.change("public.line", RowOrder.ofKey());

	private final TestDatabase db;

	KeyKindsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource
	void areCutIntoChunksThatHoldEachRowOnce(KeyKind kind) {
		KeyedTable table = KeyedTable.create(this.db, kind);
		KeyedRun run = KeyedRun.started(this.db, CHANGE);
		assertThat(run.copy()).isTrue();
		assertThat(table.count("applied <> 1 OR doubled IS DISTINCT FROM price * 2")).isZero();
		assertThat(run.chunks()).hasSize(divideUp(KeyedTable.ROWS + kind.special().size(), 7)).doesNotHaveDuplicates();
		assertThat(run.compare()).satisfies((verdict) -> {
			assertThat(verdict.rows()).isEqualTo(KeyedTable.ROWS + kind.special().size());
			assertThat(verdict.mismatches()).isZero();
		});
	}

	/**
	 * Two instances of two workers each; the sessions of one are killed again and again.
	 */
	@ParameterizedTest
	@EnumSource
	void loseNoRowWhileWritersChangeKeysAndSessionsAreKilled(KeyKind kind) {
		KeyedTable table = KeyedTable.create(this.db, kind);
		Application.of(this.db, CHANGE).start();
		AtomicInteger batches = new AtomicInteger();
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService threads = Executors.newCachedThreadPool();
		try (HikariDataSource one = this.db.access().pool("one"); HikariDataSource two = this.db.access().pool("two")) {
			KeyedRun killed = new KeyedRun(one, CHANGE, (event) -> killSometimes(event, batches));
			KeyedRun other = new KeyedRun(two, CHANGE, (event) -> killSometimes(event, batches));
			List<CompletableFuture<Void>> writers = new ArrayList<>();
			for (int number = 0; number < 2; number++) {
				writers.add(CompletableFuture.runAsync(() -> write(table, done), threads));
			}
			CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(killed::copy, threads);
			assertThat(other.copy()).isTrue();
			first.handle((all, failure) -> all).join();
			assertThat(batches).hasValueGreaterThan(50);
			assertThat(table.count("doubled IS DISTINCT FROM price * 2")).as("rows that are not copied").isZero();
			assertThat(other.compare().mismatches()).isZero();
			done.set(true);
			writers.forEach(CompletableFuture::join);
		}
		finally {
			done.set(true);
			threads.shutdown();
		}
		assertThat(table.count("applied > 1")).as("rows that were copied twice").isZero();
		assertThat(table.count("NOT written AND applied <> 1")).as("rows that nobody wrote and no batch copied once")
			.isZero();
	}

	private void killSometimes(MigrationEvent event, AtomicInteger batches) {
		if (event instanceof BatchFinished && batches.incrementAndGet() % 20 == 0) {
			this.db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'one'");
		}
	}

	private void write(KeyedTable table, AtomicBoolean done) {
		try (Connection connection = this.db.open("writer"); var statement = connection.createStatement()) {
			while (!done.get()) {
				try {
					statement.execute(table.write());
				}
				catch (SQLException ex) {
					// a key that is there already, or a deadlock of two writers
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void readNoMoreOfTheIndexThanABatchHas() {
		KeyedTable.create(this.db, KeyKind.MIXED);
		this.db.execute(
				"""
						INSERT INTO line (%s, no, price)
						SELECT 1, 'x', timestamptz '2020-01-01' + n * interval '1 second', n, n FROM generate_series(1, 20000) AS n"""
					.formatted(KeyKind.MIXED.columns()),
				"VACUUM ANALYZE line");
		Key key = new KeyColumns(this.db.jdbc()).ofAnIndex("line").orElseThrow();
		KeyRange range = new KeyRange(key, List.of("1", "x", "2020-01-01 03:00:00+00"),
				List.of("2", "", "2020-01-01 00:00:00+00"), 0);
		String first = explain("SELECT %s FROM ONLY line AS source WHERE %s ORDER BY %s OFFSET 99 LIMIT 1"
			.formatted(key.texts(), range.condition(), key.order()));
		assertThat(first).containsPattern("Index (Only )?Scan using line_pkey").doesNotContain("Sort", "Filter");
		String batch = explain("UPDATE ONLY line AS source SET doubled = 1 WHERE "
				+ new KeyRange(key, List.of("1", "x", "2020-01-01 03:00:00+00"),
						List.of("1", "x", "2020-01-01 03:01:00+00"), 0)
					.condition());
		assertThat(batch).contains("Index Cond: ((ROW(tenant, \"the \"\"Key\"\"\", at) > ROW(1, ")
			.contains("on line_pkey")
			.doesNotContain("Filter");
	}

	private String explain(String sql) {
		return String.join("\n",
				this.db.jdbc()
					.sql("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) " + sql)
					.query((row, number) -> row.getString(1))
					.list());
	}

	private static int divideUp(int dividend, int divisor) {
		return (dividend + divisor - 1) / divisor;
	}

}
