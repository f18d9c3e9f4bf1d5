package dev.concertina.testing;

import java.util.Arrays;
import java.util.Locale;

/**
 * The ways to get a server, as the system property {@code concertina.test.server} names
 * them.
 */
enum ServerKind {

	EMBEDDED {
		@Override
		PostgresServer start(ServerSettings settings) {
			return EmbeddedServer.start(settings);
		}
	},

	TESTCONTAINERS {
		@Override
		PostgresServer start(ServerSettings settings) {
			return ContainerServer.start(settings);
		}
	},

	AUTO {
		@Override
		PostgresServer start(ServerSettings settings) {
			return (ContainerServer.isPossible() ? TESTCONTAINERS : EMBEDDED).start(settings);
		}
	};

	static final String PROPERTY = "concertina.test.server";

	abstract PostgresServer start(ServerSettings settings);

	static ServerKind chosen() {
		return named(System.getProperty(PROPERTY, "embedded"));
	}

	static ServerKind named(String name) {
		return Arrays.stream(values())
			.filter((kind) -> kind.name().toLowerCase(Locale.ROOT).equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"-D%s=%s names no kind of server; use embedded, testcontainers or auto".formatted(PROPERTY, name)));
	}

}
