package dev.concertina.backfill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A disk that is full in the middle of a backfill. Root alone may make a disk that is
 * small enough.
 */
@PostgresTest
class DiskFullIntegrationTests {

	private final TestDatabase db;

	@TempDir
	private Path disk;

	DiskFullIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void mount() throws Exception {
		assumeTrue(
				"root".equals(System.getProperty("user.name"))
						&& succeeds("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", this.disk.toString()),
				"only root may mount a small disk");
		Files.createDirectory(this.disk.resolve("tables"));
		assertThat(succeeds("chmod", "700", this.disk.resolve("tables").toString())).isTrue();
		this.db.execute("CREATE TABLESPACE small LOCATION '%s'".formatted(this.disk.resolve("tables")));
	}

	@AfterEach
	void unmount() throws Exception {
		this.db.execute("DROP TABLE IF EXISTS line CASCADE", "DROP TABLESPACE IF EXISTS small");
		// whoever has opened a file keeps it open for a while
		succeeds("umount", "--lazy", this.disk.toString());
	}

	@Test
	void isWaitedForAndNamed() throws IOException {
		DisturbedRun.createTable(this.db, " TABLESPACE small");
		this.db.execute(
				"INSERT INTO line (id, price, pad) SELECT n, n, repeat('x', 100) FROM generate_series(1001, 4000) AS n");
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			run.awaitHeld();
			Path ballast = this.disk.resolve("ballast");
			fill(ballast);
			useUpFreePages();
			run.goOn();
			Patience.await()
				.untilAsserted(() -> assertThat(run.events()).anyMatch((event) -> event instanceof BatchRetried retried
						&& retried.problem().contains("No space left on device")));
			assertThat(run.status().state().status().isFailed()).isFalse();
			Files.delete(ballast);
			run.awaitNothingLost();
		}
	}

	private void useUpFreePages() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> {
			for (int number = 1; number < 10_000; number++) {
				this.db.execute("INSERT INTO line (id, price, written, pad) VALUES (%d, 1, true, repeat('z', 1000))"
					.formatted(10_000 + number));
			}
		}).withMessageContaining("No space left on device");
	}

	private static void fill(Path file) throws IOException {
		byte[] page = new byte[4096];
		try (OutputStream out = Files.newOutputStream(file)) {
			for (int pages = 0; pages < 10_000; pages++) {
				out.write(page);
			}
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("No space left");
			return;
		}
		throw new AssertionError("The disk is larger than it should be");
	}

	private static boolean succeeds(String... command) throws Exception {
		return new ProcessBuilder(command).start().waitFor() == 0;
	}

}
