package dev.concertina.change;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NearestTests {

	private static final List<String> OPERATIONS = List.of("addColumn", "changeColumnType", "extractJsonArray",
			"renameColumn", "setNotNull");

	private static final List<String> KEYS = List.of("table", "column", "to", "type", "up", "down", "default");

	@ParameterizedTest
	@CsvSource({ "rename_column, renameColumn", "RenameColumn, renameColumn", "renameColum, renameColumn",
			"rename, renameColumn", "changeType, changeColumnType", "set-not-null, setNotNull", "notNull, setNotNull" })
	void findsAnOperation(String written, String meant) {
		assertThat(Nearest.to(written, OPERATIONS)).contains(meant);
	}

	@ParameterizedTest
	@CsvSource({ "colunm, column", "tabel, table", "typ, type", "tpye, type", "TABLE, table", "defaultValue, default",
			"def, default", "columns, column" })
	void findsAKey(String written, String meant) {
		assertThat(Nearest.to(written, KEYS)).contains(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "where", "foo", "x", "", "collation_of_all" })
	void findsNothingFarAway(String written) {
		assertThat(Nearest.to(written, KEYS)).isEmpty();
	}

}
