package dev.concertina.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A PgBouncer that gives out connections for one transaction each, in front of a test
 * database.
 */
public final class PgBouncer implements AutoCloseable {

	private static final int SERVER_CONNECTIONS = 3;

	private final TestDatabase database;

	private final Path directory;

	private final int port;

	private final Process process;

	private PgBouncer(TestDatabase database, Path directory, int port, Process process) {
		this.database = database;
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	/**
	 * Starts one, if it is installed on this machine.
	 */
	public static PgBouncer inFrontOf(TestDatabase database) {
		Path program = Stream
			.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
		assumeTrue(program != null, "PgBouncer is not installed");
		try {
			Path directory = Files.createTempDirectory("pgbouncer");
			assertThat(directory.toFile().setReadable(true, false) && directory.toFile().setExecutable(true, false))
				.isTrue();
			int port = StandaloneServer.freePort();
			Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), settings(database, port));
			List<String> command = new ArrayList<>(List.of(String.valueOf(program), settings.toString()));
			if ("root".equals(System.getProperty("user.name"))) {
				command.addAll(1, List.of("-u", "nobody"));
			}
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(directory.resolve("log").toFile())
				.start();
			PgBouncer started = new PgBouncer(database, directory, port, process);
			Patience.await().until(started::answers);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a pool of connections to it. Before version 1.21 it knows nothing of
	 * prepared statements, which the next server connection does not have.
	 */
	public HikariDataSource pool() {
		String url = "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0".formatted(this.port, this.database.name());
		return new DatabaseAccess(url, this.database.user(), this.database.password()).pool("pooled");
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean answers() {
		assertThat(this.process.isAlive()).as("PgBouncer; see %s", this.directory.resolve("log")).isTrue();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String settings(TestDatabase database, int port) {
		URI server = URI.create(database.url().substring("jdbc:".length()));
		return """
				[databases]
				%s = host=%s port=%d user=%s
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %d
				unix_socket_dir =
				auth_type = any
				pool_mode = transaction
				default_pool_size = %d
				ignore_startup_parameters = extra_float_digits
				""".formatted(database.name(), server.getHost(), server.getPort(), database.user(), port,
				SERVER_CONNECTIONS);
	}

}
