package dev.concertina.plan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "\"Odd\", public; \"Odd\", public, pg_temp", "''; pg_temp" })
	void putsTemporaryObjectsLast(String searchPath, String pinned) {
		assertThat(Settings.of(searchPath).values()).containsEntry("search_path", pinned);
	}

	@Test
	void pinsTheSettingsOfAFunction() {
		assertThat(Settings.of("sales").functionClauses()).isEqualTo("""
				SET DateStyle = 'ISO, YMD'
				 SET IntervalStyle = 'postgres'
				 SET TimeZone = 'UTC'
				 SET search_path = sales, pg_temp""");
	}

}
