package dev.concertina.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.failure.InvalidDefinitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StateSchemaNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "concertina", "ops_changes", "_a", "a1", "user", "pgchanges",
			"a23456789_123456789_123456789_123456789_123456789_123456789_123" })
	void takesAPlainName(String name) {
		assertThat(StateSchemaName.of(name)).hasToString(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "Ops", "ops-changes", "ops changes", "ops.changes", "1a", "pg_ops", "\"ops\"",
			"ops'", "ops;", "änderung", "ops\n", "${ops}",
			"a23456789_123456789_123456789_123456789_123456789_123456789_1234" })
	void refusesAnyOther(String name) {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> StateSchemaName.of(name))
			.withMessage("'%s' can't be the schema of the state".formatted(name))
			.satisfies((ex) -> assertThat(ex.action()).contains("63 lower-case letters", "such as ops_changes"));
	}

	@Test
	void isQuotedInSqlUnlessItIsTheDefault() {
		assertThat(StateSchemaName.of("user").sql()).isEqualTo("\"user\"");
		assertThat(StateSchemaName.of("concertina").sql()).isEqualTo("concertina");
	}

}
