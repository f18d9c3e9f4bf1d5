package dev.concertina.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A server whose processes and files belong to a test, which stops it, starts it again,
 * and promotes a standby of it. The programs are those of the shared server, which must
 * therefore be an embedded one.
 */
public final class StandaloneServer implements PostgresServer {

	private static final String USER = "postgres";

	private static final Path MEMORY = Path.of("/dev/shm");

	private final Path programs;

	private final Path directory;

	private final int port;

	private final ServerControl control;

	private StandaloneServer(Path programs, Path directory) throws IOException {
		this.programs = programs;
		this.directory = directory;
		this.port = freePort();
		this.control = new ServerControl(access("postgres"));
	}

	/**
	 * Starts a new server. Data is as durable as it is in production.
	 */
	public static StandaloneServer create() {
		try (Connection shared = PostgresServer.shared().access("postgres").connect("test control")) {
			Path programs = Path.of(JdbcClient.create(new SingleConnectionDataSource(shared, true))
				.sql("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
				.query(String.class)
				.single());
			assumeTrue(Files.isExecutable(programs.resolve("pg_ctl")),
					"the programs of the shared server are not on this machine");
			StandaloneServer server = new StandaloneServer(programs, newDirectory());
			server.run("initdb", "-N", "-D", server.data().toString(), "-U", USER, "-A", "trust", "-E", "UTF8",
					"--locale=C");
			server.start();
			return server;
		}
		catch (IOException | SQLException ex) {
			throw new IllegalStateException("No server of its own", ex);
		}
	}

	/**
	 * Starts a streaming standby, and waits until it streams.
	 */
	public StandaloneServer standby() {
		try (Connection session = access("postgres").connect("backup")) {
			boolean old = majorVersion() < 15;
			JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(session, true));
			jdbc.queryForList(
					old ? "SELECT pg_start_backup('standby', true, false)" : "SELECT pg_backup_start('standby', true)");
			StandaloneServer standby = new StandaloneServer(this.programs, newDirectory());
			FileSystemUtils.copyRecursively(data(), standby.data());
			String label = JdbcClient.create(jdbc)
				.sql("SELECT labelfile FROM %s".formatted(old ? "pg_stop_backup(false)" : "pg_backup_stop()"))
				.query(String.class)
				.single();
			Files.delete(standby.data().resolve("postmaster.pid"));
			Files.writeString(standby.data().resolve("backup_label"), label);
			Files.createFile(standby.data().resolve("standby.signal"));
			Files.writeString(standby.data().resolve("postgresql.auto.conf"),
					"primary_conninfo = 'host=127.0.0.1 port=%d user=%s'%n".formatted(this.port, USER));
			standby.ownData();
			standby.start();
			Patience.await()
				.until(() -> !jdbc.queryForList("SELECT FROM pg_stat_replication WHERE state = 'streaming'").isEmpty());
			return standby;
		}
		catch (IOException | SQLException ex) {
			throw new IllegalStateException("No standby", ex);
		}
	}

	public int port() {
		return this.port;
	}

	public void start() {
		run("pg_ctl", "-D", data().toString(), "-w", "-l", this.directory.resolve("log").toString(), "-o",
				"-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c wal_level=replica"
					.formatted(this.port),
				"start");
	}

	/**
	 * Stops the server in a mode of {@code pg_ctl}: {@code fast} ends all sessions,
	 * {@code immediate} is a crash.
	 */
	public void stop(String mode) {
		this.control.close();
		run("pg_ctl", "-D", data().toString(), "-w", "-m", mode, "stop");
	}

	/**
	 * Makes a standby a primary, and waits until it takes writes.
	 */
	public void promote() {
		run("pg_ctl", "-D", data().toString(), "-w", "promote");
	}

	@Override
	public DatabaseAccess access(String database) {
		return new DatabaseAccess("jdbc:postgresql://127.0.0.1:%d/%s".formatted(this.port, database), USER, "");
	}

	@Override
	public ServerControl control() {
		return this.control;
	}

	@Override
	public void close() {
		try {
			if (Files.exists(data().resolve("postmaster.pid"))) {
				stop("immediate");
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path data() {
		return this.directory.resolve("data");
	}

	/**
	 * A copy is readable for others, which the server refuses.
	 */
	private void ownData() {
		run("chmod", "700", data().toString());
	}

	private void run(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		if ("root".equals(System.getProperty("user.name"))) {
			// PostgreSQL refuses to run as root, so root is hidden from it
			command.addAll(List.of("unshare", "-U"));
		}
		Path known = this.programs.resolve(program);
		command.add(Files.exists(known) ? known.toString() : program);
		command.addAll(List.of(arguments));
		File output = this.directory.resolve("output").toFile();
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Redirect.appendTo(output));
		builder.environment().putAll(Map.of("LC_ALL", "C"));
		try {
			assertThat(builder.start().waitFor()).as("%s; see %s", String.join(" ", command), output).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Path newDirectory() throws IOException {
		String prefix = "concertina-server";
		return Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix);
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
