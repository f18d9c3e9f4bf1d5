package dev.concertina.testing;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresServerIntegrationTests {

	@Test
	void isSharedByTheWholeJvm() {
		assertThat(PostgresServer.shared()).isSameAs(PostgresServer.shared());
	}

	@Test
	void startsWithOtherSettingsBesideTheSharedOne() {
		try (PostgresServer server = PostgresServer.start(Map.of("shared_preload_libraries", "pg_stat_statements"));
				TestDatabase db = TestDatabase.create(server)) {
			db.execute("CREATE EXTENSION pg_stat_statements");

			assertThat(db.jdbc().sql("SELECT count(*) > 0 FROM pg_stat_statements").query(Boolean.class).single())
				.isTrue();
		}
	}

}
