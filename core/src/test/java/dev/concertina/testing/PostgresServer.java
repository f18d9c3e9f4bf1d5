package dev.concertina.testing;

import java.util.Map;

/**
 * A real PostgreSQL server for tests, either embedded or in a container.
 */
public interface PostgresServer extends AutoCloseable {

	/**
	 * Returns the one server of this JVM; it starts at the first call and stops with the
	 * JVM. The system property {@code concertina.test.server} chooses it:
	 * {@code embedded} (default), {@code testcontainers} or {@code auto}.
	 */
	static PostgresServer shared() {
		return SharedServer.get();
	}

	/**
	 * Starts a server of the chosen kind with settings beyond the defaults; its caller
	 * closes it.
	 */
	static PostgresServer start(Map<String, String> settings) {
		return ServerKind.chosen().start(ServerSettings.defaults().with(settings));
	}

	DatabaseAccess access(String database);

	ServerControl control();

	default int majorVersion() {
		return control().majorVersion();
	}

	@Override
	void close();

}
