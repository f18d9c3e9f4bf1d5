package dev.concertina.sample.fleet;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * The versions of the shop that run side by side, as in a rolling deployment: each is a
 * Spring Boot application with a connection pool of its own.
 */
public class Fleet {

	private static final int USUAL_PORT = 8080;

	private static final String IS_RETIRED = """
			SELECT EXISTS (SELECT FROM retired_version WHERE name = ?)""";

	private static final String RETIRE = """
			INSERT INTO retired_version (name) VALUES (?) ON CONFLICT DO NOTHING""";

	private final ConfigurableApplicationContext stage;

	private final ApplicationArguments arguments;

	private final JdbcClient jdbc;

	private final Map<String, ConfigurableApplicationContext> running = new ConcurrentHashMap<>();

	/**
	 * Make an empty fleet.
	 * @param stage what all versions share
	 * @param arguments the arguments that all versions get
	 * @param database the database of the shop
	 */
	public Fleet(ConfigurableApplicationContext stage, ApplicationArguments arguments, JdbcConnectionDetails database) {
		this.stage = stage;
		this.arguments = arguments;
		this.jdbc = JdbcClient.create(DataSourceBuilder.create()
			.type(SimpleDriverDataSource.class)
			.url(database.getJdbcUrl())
			.username(database.getUsername())
			.password(database.getPassword())
			.build());
	}

	/**
	 * Start a version.
	 * @param name its name
	 * @param version the application
	 * @param web whether it has a web server
	 */
	public void deploy(String name, Class<?> version, WebApplicationType web) {
		ConfigurableApplicationContext application = new SpringApplicationBuilder(version).parent(this.stage)
			.bannerMode(Banner.Mode.OFF)
			.web(web)
			.properties("spring.application.name=shop-" + name, "server.port=" + port())
			.run(this.arguments.getSourceArgs());
		this.running.put(name, application);
	}

	/**
	 * Return a version that runs.
	 * @param name its name
	 * @return the application, or nothing if it does not run
	 */
	public Optional<ConfigurableApplicationContext> running(String name) {
		return Optional.ofNullable(this.running.get(name));
	}

	/**
	 * Return whether a version was taken out of service for good.
	 * @param name its name
	 * @return {@code true} if it must not start again
	 */
	public boolean isRetired(String name) {
		boolean known = this.jdbc.sql("SELECT to_regclass('retired_version') IS NOT NULL")
			.query(Boolean.class)
			.single();
		return known && this.jdbc.sql(IS_RETIRED).param(name).query(Boolean.class).single();
	}

	/**
	 * Take a version out of service for good: it serves the requests it has, and stops.
	 * @param name its name
	 */
	public void retire(String name) {
		ConfigurableApplicationContext version = this.running.remove(name);
		if (version != null) {
			version.close();
		}
		this.jdbc.sql(RETIRE).param(name).update();
	}

	/**
	 * Return the port for {@code server.port} where nobody has set it: any free one, if
	 * somebody else has taken the usual one.
	 */
	private static int port() {
		try (ServerSocket socket = new ServerSocket(USUAL_PORT)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
