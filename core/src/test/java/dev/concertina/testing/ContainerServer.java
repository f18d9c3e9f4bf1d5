package dev.concertina.testing;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container, of the image that the system property
 * {@code concertina.test.image} names.
 */
final class ContainerServer implements PostgresServer {

	private static final String IMAGE = System.getProperty("concertina.test.image", "postgres:16-alpine");

	private final PostgreSQLContainer container;

	private final ServerControl control;

	private ContainerServer(PostgreSQLContainer container) {
		this.container = container;
		this.control = new ServerControl(access("postgres"));
	}

	static boolean isPossible() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@SuppressWarnings("resource")
	static ContainerServer start(ServerSettings settings) {
		if (!isPossible()) {
			throw new IllegalStateException("-D%s=testcontainers needs a Docker engine, and none answers. Start one, "
				.formatted(ServerKind.PROPERTY) + "or leave the property away to use the embedded server.");
		}
		PostgreSQLContainer container = new PostgreSQLContainer(
				DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"));
		container.withUsername("postgres").withEnv("POSTGRES_INITDB_ARGS", "--locale=C");
		container.setCommandParts(settings.asCommand("postgres"));
		container.start();
		return new ContainerServer(container);
	}

	@Override
	public DatabaseAccess access(String database) {
		String url = "jdbc:postgresql://%s:%d/%s".formatted(this.container.getHost(),
				this.container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), database);
		return new DatabaseAccess(url, this.container.getUsername(), this.container.getPassword());
	}

	@Override
	public ServerControl control() {
		return this.control;
	}

	@Override
	public void close() {
		this.control.close();
		this.container.stop();
	}

}
