package dev.concertina.sample.database;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server with a directory of its own, which keeps its data from one run to
 * the next.
 *
 * <p>
 * Start:
 * <ol>
 * <li>Lock the directory: two programs never use it at once.</li>
 * <li>Stop the server that a killed run has left behind, or forget what it said about
 * itself.</li>
 * <li>Make the data directory if there is none.</li>
 * <li>Start on a free port of this machine only.</li>
 * </ol>
 */
final class PostgresServer {

	private final Path directory;

	private final Path data;

	private final Path log;

	private final ServerUser user;

	private final PostgresBinaries binaries;

	private final FileLock lock;

	private int port;

	private PostgresServer(Path directory, ServerUser user) throws IOException {
		this.directory = Files.createDirectories(directory.toAbsolutePath());
		this.data = this.directory.resolve("data");
		this.log = this.directory.resolve("server.log");
		this.user = user;
		this.user.own(this.directory);
		this.lock = lock(this.directory.resolve("lock"));
		this.binaries = PostgresBinaries.unpackedIn(this.directory);
	}

	/**
	 * Start a server.
	 * @param directory where its programs, its data and its log are
	 * @param user who runs it
	 * @param reset whether to forget the data of earlier runs
	 */
	static PostgresServer start(Path directory, ServerUser user, boolean reset) throws IOException {
		PostgresServer server = new PostgresServer(directory, user);
		server.clearUp();
		if (reset) {
			FileSystemUtils.deleteRecursively(server.data);
		}
		if (!Files.exists(server.data)) {
			server.makeData();
		}
		server.start();
		return server;
	}

	String url() {
		return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(this.port);
	}

	void stop() throws IOException {
		pgCtl("-m", "fast", "-t", "60", "stop");
		abandon();
	}

	/**
	 * Leave the server to itself, as a process does that is killed.
	 */
	void abandon() throws IOException {
		this.lock.acquiredBy().close();
	}

	private static FileLock lock(Path file) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		@Nullable FileLock lock;
		try {
			lock = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			lock = null;
		}
		if (lock == null) {
			channel.close();
			throw new IllegalStateException(
					"%s is in use by another run. Stop that one, or set sample.data-directory to another directory."
						.formatted(file.getParent()));
		}
		return lock;
	}

	private void clearUp() throws IOException {
		Path pidFile = this.data.resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return;
		}
		if (isServer(Long.parseLong(Files.readAllLines(pidFile).get(0).trim()))) {
			pgCtl("-m", "fast", "-t", "60", "stop");
		}
		// The number may belong to any other process by now: PostgreSQL would take that
		// one for its server.
		Files.deleteIfExists(pidFile);
	}

	private boolean isServer(long pid) {
		return ProcessHandle.of(pid)
			.flatMap((process) -> process.info().command())
			.filter((command) -> this.binaries.contain(Path.of(command)))
			.isPresent();
	}

	private void makeData() throws IOException {
		Path unfinished = this.directory.resolve("initdb");
		FileSystemUtils.deleteRecursively(unfinished);
		run(Stream.of(program("initdb"), "-D", unfinished.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8",
				"--locale=C"));
		Files.move(unfinished, this.data, StandardCopyOption.ATOMIC_MOVE);
	}

	private void start() throws IOException {
		this.port = freePort();
		// As in production: every commit reaches the disk, and the settings are the
		// defaults.
		pgCtl("-t", "300", "-l", this.log.toString(), "-o",
				"-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on".formatted(this.port),
				"start");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private void pgCtl(String... arguments) throws IOException {
		run(Stream.concat(Stream.of(program("pg_ctl"), "-D", this.data.toString(), "-w"), Stream.of(arguments)));
	}

	private String program(String name) {
		return this.binaries.program(name).toString();
	}

	private void run(Stream<String> arguments) throws IOException {
		List<String> command = this.user.command(arguments.toList());
		// No pipe: the server would inherit it, and it would never end
		Process process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		int exit = exit(process);
		if (exit != 0) {
			throw new IllegalStateException(
					"%s ended with %d. What it said is in %s.".formatted(command, exit, this.log));
		}
	}

	private static int exit(Process process) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return process.waitFor();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
