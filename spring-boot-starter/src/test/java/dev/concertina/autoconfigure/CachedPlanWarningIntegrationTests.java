package dev.concertina.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class CachedPlanWarningIntegrationTests {

	private static final String REMEDY = "add autosave=conservative to the JDBC URL";

	@Test
	void warnsOfTheDefaultsOfTheDriver(TestDatabase database, CapturedOutput output) {
		warn(database, "");
		assertThat(output).contains(REMEDY);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> readAllBeforeAndAfterAnAlter(database, ""))
			.withMessageContaining("cached plan must not change result type");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "autosave=conservative", "autosave=always", "prepareThreshold=0", "preferQueryMode=simple" })
	void saysNothingOfSettingsThatHeal(String setting, TestDatabase database, CapturedOutput output) {
		warn(database, setting);
		assertThat(output).doesNotContain(REMEDY);
		assertThatNoException().isThrownBy(() -> readAllBeforeAndAfterAnAlter(database, setting));
	}

	private static void warn(TestDatabase database, String setting) {
		new CachedPlanWarning(List.of(dataSource(database, setting))).afterSingletonsInstantiated();
	}

	private static void readAllBeforeAndAfterAnAlter(TestDatabase database, String setting) throws SQLException {
		database.execute("CREATE TABLE customer (id bigint)");
		try (Connection connection = dataSource(database, setting).getConnection();
				var select = connection.prepareStatement("SELECT * FROM customer")) {
			connection.setAutoCommit(false);
			for (int warm = 0; warm < 10; warm++) {
				select.executeQuery().close();
			}
			connection.commit();
			database.execute("ALTER TABLE customer ADD COLUMN mail text");
			try (Statement before = connection.createStatement()) {
				before.execute("SELECT 1");
			}
			select.executeQuery().close();
			connection.commit();
		}
	}

	private static DataSource dataSource(TestDatabase database, String setting) {
		String separator = database.url().contains("?") ? "&" : "?";
		return new DriverManagerDataSource(database.url() + separator + setting, database.user(), database.password());
	}

}
