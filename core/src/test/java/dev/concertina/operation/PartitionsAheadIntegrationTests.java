package dev.concertina.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.execute.LockOptions;
import dev.concertina.execute.LockRetry;
import dev.concertina.plan.Ddl;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Partitions that are made when their time comes nearer.
 */
@PostgresTest
class PartitionsAheadIntegrationTests {

	private static final Change CHANGE = Change.version("1", "change")
		.operation(PartitionTable.byRange("event", "at", PartitionPeriod.WEEK, "2026-01-01", 2).withExtendedKey())
		.build();

	private final TestDatabase db;

	PartitionsAheadIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void makesThoseThatAreMissingWithAllThatTheOthersHave() throws SQLException {
		this.db.execute("CREATE TABLE kind (id int PRIMARY KEY)",
				"CREATE TABLE event (id bigint PRIMARY KEY, at timestamptz NOT NULL, kind_id int REFERENCES kind, size int DEFAULT 7 CHECK (size > 0)) WITH (fillfactor = 80)",
				"CREATE INDEX ON event (size)");
		Application application = Application.of(this.db, CHANGE).start();
		application.contract(CHANGE);
		PartitionsAhead ahead = PartitionsAhead.of(CHANGE, "public").get(0);
		List<String> before = partitions();
		assertThat(before).contains("event_2026_w01", "event_default", "event_earlier");
		String last = lastOf(before);
		String definition = definition(last);
		this.db.execute("DROP TABLE " + last);
		make(ahead.step());
		assertThat(partitions()).isEqualTo(before);
		assertThat(definition(last)).isEqualTo(definition)
			.contains("fillfactor=80", "FOREIGN KEY", "CHECK", "btree (size)");
		make(ahead.step());
		assertThat(partitions()).isEqualTo(before);
	}

	@Test
	void putsMidnightToUtcWhateverTheSessionThinks() {
		this.db.execute("CREATE TABLE event (id bigint PRIMARY KEY, at timestamptz NOT NULL)");
		Application.of(this.db, CHANGE).start().contract(CHANGE);
		this.db.execute("INSERT INTO event VALUES (1, '2026-01-04 23:59:59+00'), (2, '2026-01-05 00:00:00+00')");
		assertThat(this.db.jdbc()
			.sql("SELECT tableoid::regclass::text FROM event ORDER BY id")
			.query((row, number) -> row.getString(1))
			.list()).containsExactly("event_2026_w01", "event_2026_w02");
	}

	private void make(Ddl step) throws SQLException {
		try (Connection connection = this.db.open("maker")) {
			connection.setAutoCommit(false);
			new LockRetry(LockOptions.defaults(), (event) -> {
			}).run(connection, CHANGE.id(), step.locks(), step.sql(), new StopSignal());
			connection.commit();
		}
	}

	private static String lastOf(List<String> partitions) {
		return partitions.stream()
			.filter((name) -> name.contains("_w"))
			.reduce((first, second) -> second)
			.orElseThrow();
	}

	private List<String> partitions() {
		return this.db.jdbc()
			.sql("SELECT relid::text FROM pg_partition_tree('event') WHERE isleaf ORDER BY 1")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private String definition(String table) {
		return this.db.jdbc()
			.sql("""
					SELECT concat_ws(' ', reloptions, pg_get_expr(relpartbound, oid),
					       (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname) FROM pg_constraint k WHERE conrelid = c.oid),
					       (SELECT string_agg(pg_get_indexdef(i.indexrelid), ' ' ORDER BY pg_get_indexdef(i.indexrelid)) FROM pg_index i WHERE indrelid = c.oid))
					  FROM pg_class c WHERE oid = to_regclass(?)""")
			.param(table)
			.query(String.class)
			.single();
	}

}
