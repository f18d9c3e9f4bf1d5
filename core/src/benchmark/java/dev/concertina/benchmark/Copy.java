package dev.concertina.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.testing.DatabaseAccess;

/**
 * The database of one run.
 */
final class Copy implements AutoCloseable {

	private final BenchmarkServer server;

	private final String name;

	private final DatabaseAccess access;

	private final HikariDataSource pool;

	Copy(BenchmarkServer server, String name, DatabaseAccess access) {
		this.server = server;
		this.name = name;
		this.access = access;
		this.pool = access.pool("benchmark");
	}

	DatabaseAccess access() {
		return this.access;
	}

	HikariDataSource dataSource() {
		return this.pool;
	}

	JdbcClient jdbc() {
		return JdbcClient.create(this.pool);
	}

	/**
	 * Returns a figure that the server knows, such as a size in bytes.
	 */
	long figure(String sql) {
		return jdbc().sql(sql).query(Long.class).single();
	}

	@Override
	public void close() {
		this.pool.close();
		this.server.drop(this.name);
	}

}
