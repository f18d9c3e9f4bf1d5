package dev.concertina.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

import dev.concertina.testing.DatabaseAccess;

/**
 * A server on a disk, as durable as PostgreSQL ships it, whose checkpoints do not fall
 * into a run.
 */
final class BenchmarkServer implements AutoCloseable {

	static final Map<String, String> SETTINGS = Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes",
			"on", "shared_buffers", "1GB", "max_wal_size", "4GB", "max_connections", "100", "shared_preload_libraries",
			Profile.LIBRARY, Profile.LIBRARY + ".track_planning", "on");

	private static final String USER = "postgres";

	private static final File DATA = new File("target", "benchmark-server");

	private static final File LOG = new File("target", "benchmark-server.log");

	private final EmbeddedPostgres postgres;

	private final JdbcTemplate control;

	private final Set<String> seeds = new HashSet<>();

	private int databases;

	private BenchmarkServer(EmbeddedPostgres postgres) {
		this.postgres = postgres;
		this.control = jdbc("postgres");
		Profile.install(this.control);
	}

	static BenchmarkServer start() {
		FileSystemUtils.deleteRecursively(DATA);
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(DATA)
			.setLocaleConfig("locale", "C")
			.setOutputRedirector(Redirect.appendTo(LOG))
			.setErrorRedirector(Redirect.appendTo(LOG));
		SETTINGS.forEach(builder::setServerConfig);
		try {
			return new BenchmarkServer(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL did not start; its log is " + LOG, ex);
		}
	}

	String version() {
		return String.valueOf(this.control.queryForObject("SHOW server_version", String.class));
	}

	/**
	 * Returns a database with the tables of a workload that others are copied from; it is
	 * made at the first call.
	 */
	String seed(Workload workload, int rows) {
		String name = "seed_%s_%d".formatted(workload.name().toLowerCase(Locale.ROOT), rows);
		if (this.seeds.add(name)) {
			this.control.execute("CREATE DATABASE " + name);
			JdbcTemplate jdbc = jdbc(name);
			workload.tables().forEach(jdbc::execute);
			jdbc.update(workload.insert(), rows);
			jdbc.execute("VACUUM (FREEZE, ANALYZE) line");
		}
		return name;
	}

	/**
	 * Returns a fresh copy of a seed, with nothing left to write by a checkpoint.
	 */
	Copy copy(String seed) {
		String name = "run_" + ++this.databases;
		this.control.execute("CREATE DATABASE %s TEMPLATE %s%s".formatted(name, seed, fileCopy()));
		this.control.execute("CHECKPOINT");
		return new Copy(this, name, access(name));
	}

	DatabaseAccess access(String database) {
		return new DatabaseAccess(this.postgres.getJdbcUrl(USER, database), USER, "");
	}

	/**
	 * Runs something and looks at where its time and its WAL go.
	 */
	<T> Profile.Profiled<T> profile(Supplier<T> run) {
		return Profile.of(this.control, run);
	}

	void drop(String database) {
		this.control.execute("DROP DATABASE %s WITH (FORCE)".formatted(database));
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * From 15 on a copy would be written to the log.
	 */
	private String fileCopy() {
		return (Integer.parseInt(version().replaceAll("\\D.*", "")) >= 15) ? " STRATEGY file_copy" : "";
	}

	private JdbcTemplate jdbc(String database) {
		return new JdbcTemplate(new DriverManagerDataSource(access(database).url(), USER, ""));
	}

}
