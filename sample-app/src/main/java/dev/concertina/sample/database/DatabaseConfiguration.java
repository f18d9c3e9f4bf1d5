package dev.concertina.sample.database;

import java.io.IOException;
import java.nio.file.Path;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An embedded server, unless {@code spring.datasource.url} names another one.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmbeddedProperties.class)
public class DatabaseConfiguration {

	@Bean
	@ConditionalOnProperty("spring.datasource.url")
	JdbcConnectionDetails givenDatabase(Environment environment) {
		return new ShopDatabase(environment.getRequiredProperty("spring.datasource.url"),
				environment.getProperty("spring.datasource.username"),
				environment.getProperty("spring.datasource.password"));
	}

	@Bean(destroyMethod = "stop")
	@ConditionalOnMissingBean(JdbcConnectionDetails.class)
	PostgresServer embeddedServer(EmbeddedProperties properties) throws IOException {
		ServerUser user = ServerUser.choose();
		Path directory = (properties.dataDirectory() != null) ? properties.dataDirectory() : user.home();
		return PostgresServer.start(directory, user, properties.reset());
	}

	@Bean
	@ConditionalOnBean(PostgresServer.class)
	JdbcConnectionDetails embeddedDatabase(PostgresServer server) {
		return new ShopDatabase(server.url(), "postgres", null);
	}

}
