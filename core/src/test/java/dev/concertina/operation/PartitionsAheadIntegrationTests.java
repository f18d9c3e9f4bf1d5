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
import dev.concertina.testing.Session;
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
				"CREATE TABLE event (id bigint PRIMARY KEY, at timestamptz NOT NULL, kind_id int REFERENCES kind, size int DEFAULT 7 CHECK (size > 0), twice int GENERATED ALWAYS AS (size * 2) STORED, note text COMPRESSION pglz) WITH (fillfactor = 80)",
				"ALTER TABLE event ALTER note SET STORAGE EXTERNAL", "CREATE INDEX ON event (size)");
		Application application = Application.of(this.db, CHANGE).start();
		application.contract(CHANGE);
		PartitionsAhead ahead = PartitionsAhead.of(CHANGE, "public").get(0);
		List<String> before = partitions();
		assertThat(before).contains("event_2026_w01", "event_default", "event_earlier");
		String last = lastOf(before);
		assertThat(last).as("two weeks ahead").isEqualTo(nameOf("2 weeks"));
		String definition = definition(last);
		this.db.execute("DROP TABLE " + last);
		make(ahead.step());
		assertThat(partitions()).isEqualTo(before);
		assertThat(definition(last)).isEqualTo(definition)
			.contains("fillfactor=80", "FOREIGN KEY", "CHECK", "btree (size)", "size p 7", "twice ps (size * 2)",
					"note ep");
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

	@Test
	void countsFromTheTodayOfUtcWhateverTheSessionThinks() throws SQLException {
		this.db.execute("CREATE TABLE event (id bigint PRIMARY KEY, at timestamptz NOT NULL)");
		Application.of(this.db, CHANGE).start().contract(CHANGE);
		List<String> before = partitions();
		make(PartitionsAhead.of(CHANGE, "public").get(0).step(), "SET TIME ZONE INTERVAL '167:00' HOUR TO MINUTE");
		assertThat(partitions()).isEqualTo(before);
	}

	@Test
	void goesOnBesideWriters() throws SQLException {
		this.db.execute("CREATE TABLE event (id bigint PRIMARY KEY, at timestamptz NOT NULL)");
		Application.of(this.db, CHANGE).start().contract(CHANGE);
		List<String> before = partitions();
		this.db.execute("DROP TABLE " + lastOf(before));
		try (Session writer = this.db.session("writer")) {
			writer.begin().execute("INSERT INTO event VALUES (1, '2026-01-04 12:00:00+00')");
			make(PartitionsAhead.of(CHANGE, "public").get(0).step());
			writer.commit();
		}
		assertThat(partitions()).isEqualTo(before);
	}

	@Test
	void cutsALongNameBeforeItsEnd() throws SQLException {
		String name = "e".repeat(63);
		this.db.execute("CREATE TABLE %s (id bigint PRIMARY KEY, at timestamptz NOT NULL)".formatted(name));
		Change change = Change.version("1", "change")
			.operation(PartitionTable.byRange(name, "at", PartitionPeriod.WEEK, "2026-01-01", 2).withExtendedKey())
			.build();
		Application.of(this.db, change).start().contract(change);
		make(PartitionsAhead.of(change, "public").get(0).step());
		assertThat(this.db.jdbc()
			.sql("SELECT to_regclass(?) IS NOT NULL")
			.param("e".repeat(52) + "_2026_w01")
			.query(Boolean.class)
			.single()).isTrue();
	}

	private void make(Ddl step, String... settings) throws SQLException {
		try (Connection connection = this.db.open("maker")) {
			for (String setting : settings) {
				connection.createStatement().execute(setting);
			}
			connection.setAutoCommit(false);
			new LockRetry(LockOptions.defaults(), (event) -> {
			}).run(connection, CHANGE.id(), step.locks(), step.sql(), new StopSignal());
			connection.commit();
		}
	}

	private String nameOf(String ahead) {
		return this.db.jdbc()
			.sql("SELECT to_char(date_trunc('week', now() AT TIME ZONE 'UTC') + ?::interval, '\"event_\"IYYY\"_w\"IW')")
			.param(ahead)
			.query(String.class)
			.single();
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
					       (SELECT string_agg(concat_ws(' ', attname, concat(attstorage, attcompression, attgenerated), pg_get_expr(adbin, adrelid)), ', ' ORDER BY attname)
					          FROM pg_attribute a LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum WHERE attrelid = c.oid AND attnum > 0),
					       (SELECT string_agg(pg_get_indexdef(i.indexrelid), ' ' ORDER BY pg_get_indexdef(i.indexrelid)) FROM pg_index i WHERE indrelid = c.oid))
					  FROM pg_class c WHERE oid = to_regclass(?)""")
			.param(table)
			.query(String.class)
			.single();
	}

}
