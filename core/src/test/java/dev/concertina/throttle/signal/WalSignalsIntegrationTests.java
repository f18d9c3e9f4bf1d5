package dev.concertina.throttle.signal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Advice.Kind;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals of what becomes of the WAL that a backfill writes.
 */
@PostgresTest
class WalSignalsIntegrationTests {

	private static final double MEGABYTE = 1024 * 1024;

	private static final Limit NONE = Limit.of(Double.MAX_VALUE / 2);

	private final TestDatabase db;

	WalSignalsIntegrationTests(TestDatabase db) {
		this.db = db;
		db.execute("CREATE TABLE filler (text text)");
	}

	@Test
	void aStandbyThatReplaysNothingIsBytesBehind() throws SQLException {
		ReplicationLag signal = new ReplicationLag(this.db.dataSource(), Limit.of(MEGABYTE), NONE, Set.of());
		assertThat(read(signal)).isEqualTo(Advice.goOn("no standby"));
		try (Standby standby = Standby.start(this.db, "berlin")) {
			standby.replay(position());
			Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
			writeMegabytes(3);
			Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
			assertThat(read(signal).reason()).matches("berlin is [1-4](\\.\\d)? MB behind \\(limit 1 MB\\)");
			standby.replay(position());
			Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
		}
	}

	@Test
	void aStandbyThatReplaysLateIsSecondsBehind() throws SQLException {
		ReplicationLag signal = new ReplicationLag(this.db.dataSource(), NONE, new Limit(0, 0.000_001), Set.of());
		try (Standby standby = Standby.start(this.db, "berlin")) {
			Patience.await().until(() -> {
				writeMegabytes(1);
				standby.replay(position());
				return read(signal).kind() == Kind.HOLD;
			});
			assertThat(read(signal).reason()).matches("berlin is [\\d.]+ s behind \\(limit 0 s\\)");
		}
	}

	@Test
	void aStandbyMayLagIfItIsSaid() throws SQLException {
		ReplicationLag signal = new ReplicationLag(this.db.dataSource(), Limit.of(1), NONE, Set.of("delayed"));
		try (Standby standby = Standby.start(this.db, "delayed")) {
			standby.replay(position());
			writeMegabytes(1);
			assertThat(read(signal)).isEqualTo(Advice.goOn("no standby"));
		}
	}

	@Test
	void howFarAStandbyIsNeedsARight() throws SQLException {
		this.db.execute("DROP ROLE IF EXISTS watcher", "CREATE ROLE watcher LOGIN PASSWORD 'watcher'");
		// the user in the URL would be the one
		String url = this.db.url().replaceFirst("\\?.*", "");
		Signal signal = new ReplicationLag(new DriverManagerDataSource(url, "watcher", "watcher"), Limit.of(MEGABYTE),
				NONE, Set.of());
		try (Standby standby = Standby.start(this.db, "berlin")) {
			standby.replay(position());
			assertThat(read(signal))
				.isEqualTo(Advice.unknown("the role does not see how far standbys are; grant it pg_read_all_stats"));
			this.db.execute("GRANT pg_read_all_stats TO watcher");
			assertThat(read(signal).kind()).isEqualTo(Kind.GO_ON);
		}
	}

	@Test
	void aSlotThatNobodyReadsKeepsWal() {
		RetainedWal signal = new RetainedWal(this.db.dataSource(), Limit.of(MEGABYTE));
		assertThat(read(signal)).isEqualTo(Advice.goOn("no replication slot"));
		this.db.execute("CHECKPOINT", "SELECT pg_create_physical_replication_slot('forgotten', true)");
		try {
			assertThat(read(signal).kind()).isEqualTo(Kind.GO_ON);
			writeMegabytes(3);
			Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
			assertThat(read(signal).reason()).matches("slot forgotten keeps [\\d.]+ MB \\(limit 1 MB\\)");
		}
		finally {
			this.db.execute("SELECT pg_drop_replication_slot('forgotten')");
		}
		assertThat(read(signal).kind()).isEqualTo(Kind.GO_ON);
	}

	@Test
	void theRateIsThatBetweenTwoReadings() {
		WalRate signal = new WalRate(this.db.dataSource(), Limit.of(1024));
		assertThat(read(signal)).isEqualTo(Advice.goOn("measured from now on"));
		writeMegabytes(3);
		Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
		Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
	}

	@Test
	void aServerThatDoesNotArchiveHasNoBacklog() {
		assertThat(read(new ArchiveBacklog(this.db.dataSource(), Limit.of(42))))
			.isEqualTo(Advice.goOn("the server does not archive"));
	}

	@Test
	void segmentsThatCannotBeArchivedAreABacklog() {
		try (PostgresServer server = PostgresServer.start(Map.of("archive_mode", "on"));
				TestDatabase archived = TestDatabase.create(server)) {
			ArchiveBacklog signal = new ArchiveBacklog(archived.dataSource(), Limit.of(2));
			assertThat(read(signal)).isEqualTo(Advice.unknown("the archiver has not archived anything yet"));
			archiveBy(archived, "/bin/false");
			switchSegments(archived, 3);
			Patience.await().until(() -> read(signal).kind() != Kind.UNKNOWN);
			assertThat(read(signal).reason()).as("nothing was ever archived")
				.isEqualTo("3 WAL segments wait to be archived (limit 2)");
			archiveBy(archived, "/bin/true");
			Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
			archiveBy(archived, "/bin/false");
			Patience.await().until(() -> {
				switchSegments(archived, 1);
				return read(signal).kind() == Kind.HOLD;
			});
		}
	}

	private static void switchSegments(TestDatabase database, int count) {
		for (int segment = 0; segment < count; segment++) {
			database.execute("SELECT pg_logical_emit_message(true, 'test', 'fills')", "SELECT pg_switch_wal()");
		}
	}

	private static void archiveBy(TestDatabase database, String command) {
		database.execute("ALTER SYSTEM SET archive_command = '%s'".formatted(command), "SELECT pg_reload_conf()");
		Patience.await()
			.until(() -> command
				.equals(database.jdbc().sql("SHOW archive_command").query((row, number) -> row.getString(1)).single()));
	}

	private void writeMegabytes(int count) {
		this.db
			.execute("INSERT INTO filler SELECT repeat('x', 1000) FROM generate_series(1, %d)".formatted(count * 1024));
	}

	private LogSequenceNumber position() {
		return LogSequenceNumber.valueOf(this.db.jdbc()
			.sql("SELECT pg_current_wal_lsn()::text")
			.query((row, number) -> row.getString(1))
			.single());
	}

	private static Advice read(Signal signal) {
		return signal.read(Set.of());
	}

	/**
	 * Receives WAL as a standby does, and says itself how far it is.
	 */
	private record Standby(Connection connection, PGReplicationStream stream) implements AutoCloseable {

		static Standby start(TestDatabase primary, String name) throws SQLException {
			Properties properties = new Properties();
			PGProperty.USER.set(properties, primary.user());
			PGProperty.PASSWORD.set(properties, primary.password());
			PGProperty.REPLICATION.set(properties, "true");
			PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
			PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
			PGProperty.APPLICATION_NAME.set(properties, name);
			Connection connection = DriverManager.getConnection(primary.url(), properties);
			LogSequenceNumber from = LogSequenceNumber.valueOf(primary.jdbc()
				.sql("SELECT pg_current_wal_flush_lsn()::text")
				.query((row, number) -> row.getString(1))
				.single());
			return new Standby(connection,
					connection.unwrap(PGConnection.class)
						.getReplicationAPI()
						.replicationStream()
						.physical()
						.withStartPosition(from)
						.start());
		}

		void replay(LogSequenceNumber position) throws SQLException {
			while (this.stream.readPending() != null) {
				// what was sent is not needed
			}
			this.stream.setFlushedLSN(position);
			this.stream.setAppliedLSN(position);
			this.stream.forceUpdateStatus();
		}

		@Override
		public void close() throws SQLException {
			this.stream.close();
			this.connection.close();
		}

	}

}
