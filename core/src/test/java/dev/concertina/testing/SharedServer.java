package dev.concertina.testing;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Holds the server of this JVM, and starts it when it is first asked for.
 */
final class SharedServer {

	private static @Nullable PostgresServer started;

	private SharedServer() {
	}

	static synchronized PostgresServer get() {
		if (started == null) {
			started = PostgresServer.start(Map.of());
		}
		return started;
	}

}
