package dev.concertina.sample.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PostgresServerIntegrationTests {

	@TempDir
	static Path directory;

	@Test
	void keepsItsDataUntilItIsReset() throws IOException {
		PostgresServer first = start();
		makeShop(first);
		assertThat(jdbc(first).sql("SHOW fsync").query(String.class).single()).isEqualTo("on");
		first.stop();
		PostgresServer second = start();
		assertThat(hasShop(second)).isTrue();
		second.stop();
		PostgresServer third = PostgresServer.start(directory, ServerUser.choose(), true);
		assertThat(hasShop(third)).isFalse();
		third.stop();
	}

	@Test
	void refusesADirectoryThatIsInUse() throws IOException {
		PostgresServer server = start();
		assertThatIllegalStateException().isThrownBy(PostgresServerIntegrationTests::start)
			.withMessageContaining("is in use by another run");
		server.stop();
	}

	@Test
	void stopsTheServerThatAKilledRunHasLeft() throws IOException {
		PostgresServer left = start();
		makeShop(left);
		left.abandon();
		PostgresServer server = start();
		assertThat(hasShop(server)).isTrue();
		assertThat(server.url()).isNotEqualTo(left.url());
		server.stop();
	}

	@Test
	void doesNotTakeAnotherProcessForItsServer() throws IOException {
		start().stop();
		Files.writeString(directory.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");
		start().stop();
		assertThat(ProcessHandle.current().isAlive()).isTrue();
	}

	private static PostgresServer start() throws IOException {
		return PostgresServer.start(directory, ServerUser.choose(), false);
	}

	private static void makeShop(PostgresServer server) {
		jdbc(server).sql("CREATE TABLE IF NOT EXISTS shop (id integer)").update();
	}

	private static boolean hasShop(PostgresServer server) {
		return jdbc(server).sql("SELECT to_regclass('shop') IS NOT NULL").query(Boolean.class).single();
	}

	private static JdbcClient jdbc(PostgresServer server) {
		return JdbcClient.create(new DriverManagerDataSource(server.url(), "postgres", ""));
	}

}
