package dev.concertina.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import org.springframework.util.unit.DataSize;

/**
 * A server from the binaries on the class path; it writes its log to
 * {@code target/postgres.log}.
 */
final class EmbeddedServer implements PostgresServer {

	private static final String USER = "postgres";

	private static final File LOG = new File("target", "postgres.log");

	private static final File BINARIES = new File(System.getProperty("java.io.tmpdir"), "embedded-pg");

	/** On a busy disk a new database takes 200 ms, in memory 15 ms. */
	private static final File MEMORY = new File("/dev/shm");

	private static final File CLUSTERS = new File(MEMORY, "embedded-pg-" + System.getProperty("user.name"));

	private static final DataSize ENOUGH = DataSize.ofGigabytes(2);

	/**
	 * Names where the library looks for servers and data that a killed JVM has left
	 * behind.
	 */
	private static final String CLEARED_AT_START = "ot.epg.working-dir";

	private final EmbeddedPostgres postgres;

	private final ServerControl control;

	private EmbeddedServer(EmbeddedPostgres postgres) {
		this.postgres = postgres;
		this.control = new ServerControl(access("postgres"));
	}

	static EmbeddedServer start(ServerSettings settings) {
		LOG.getParentFile().mkdirs();
		EmbeddedPostgres.Builder builder = builder().setLocaleConfig("locale", "C")
			.setOutputRedirector(Redirect.appendTo(LOG))
			.setErrorRedirector(Redirect.appendTo(LOG));
		settings.values().forEach(builder::setServerConfig);
		try {
			return new EmbeddedServer(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(problem(), ex);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException(problem(), ex);
		}
	}

	@Override
	public DatabaseAccess access(String database) {
		return new DatabaseAccess(this.postgres.getJdbcUrl(USER, database), USER, "");
	}

	@Override
	public ServerControl control() {
		return this.control;
	}

	@Override
	public void close() {
		this.control.close();
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static EmbeddedPostgres.Builder builder() {
		if (MEMORY.getUsableSpace() < ENOUGH.toBytes()) {
			return EmbeddedPostgres.builder();
		}
		System.setProperty(CLEARED_AT_START, CLUSTERS.getPath());
		return EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(BINARIES)
			.setDataDirectory(new File(CLUSTERS, UUID.randomUUID().toString()));
	}

	private static String problem() {
		boolean refusedAsRoot = "root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable();
		return "The embedded PostgreSQL did not start. "
				+ (refusedAsRoot
						? "It refuses to run as root, and this machine denies the user namespace that would hide root "
								+ "(unshare -U). Run the tests as another user."
						: "Its log is " + LOG.getAbsolutePath() + ".");
	}

}
