package dev.concertina.change;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.failure.InvalidDefinitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileNameTests {

	@ParameterizedTest
	@CsvSource({ "V12__split.yaml, 12, split", "V2026_11_1__split.yaml, 2026.11.1, split",
			"V1.2__split.yml, 1.2, split", "db/evolution/V007__a-b_c.yaml, 007, a-b_c",
			"jar:file:/app.jar!/db/evolution/V1__x.yaml, 1, x", "V1__a__b.yaml, 1, a__b" })
	void givesVersionAndId(String file, String version, String id) {
		assertThat(FileName.of(file)).isEqualTo(new FileName(new ChangeVersion(version), new ChangeId(id)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "V12_split.yaml", "12__x.yaml", "V__x.yaml", "v12__x.yaml", "V12__.yaml", "V12__x.json",
			"V12__x.YAML", "V1._2__x.yaml", "R__x.yaml", "V12__x", "V1__a/b.yaml", "" })
	void isRefusedWithAnExample(String file) {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> FileName.of(file))
			.withMessageContaining("is no name of a change")
			.satisfies((ex) -> assertThat(ex.action()).contains("V12__split_order_items.yaml"));
	}

	@Test
	void isRefusedForWhatIsNoId() {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> FileName.of("V12__a b.yaml"))
			.withMessage("'a b' is no id of a change");
	}

}
