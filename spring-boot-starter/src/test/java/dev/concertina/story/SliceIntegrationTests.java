package dev.concertina.story;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of a slice that migrates its database: it has the structure after the changes.
 */
@JdbcTest(properties = "concertina.approved=mail_to_email")
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@DirtiesContext
class SliceIntegrationTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	@DynamicPropertySource
	static void useTheTestDatabase(DynamicPropertyRegistry properties) {
		properties.add("spring.datasource.url", DATABASE::url);
		properties.add("spring.datasource.username", DATABASE::user);
		properties.add("spring.datasource.password", DATABASE::password);
	}

	@Test
	void findsTheNewStructure(@Autowired JdbcClient jdbc) {
		jdbc.sql("INSERT INTO customer (id, email) VALUES (1, 'ada@example.org')").update();
		assertThat(Customers.columns(DATABASE)).isEqualTo(List.of("id", "email"));
	}

}
