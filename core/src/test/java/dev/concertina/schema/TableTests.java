package dev.concertina.schema;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TableTests {

	private final Table line = new Table(new TableName("public", "line"), Table.Kind.ORDINARY,
			List.of(column("price", false), column("Unit Price", false), column("discount", true)), List.of());

	@ParameterizedTest
	@ValueSource(strings = { "price", "price * 100", "(price + \"Unit Price\") / 2.0", "price || price" })
	void knowsThatArithmeticOverWhatForbidsNullIsNeverNull(String expression) {
		assertThat(this.line.isNeverNull(SqlExpression.of(expression))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "discount", "price * discount", "nullif(price, 0)", "price -> 'x'", "NULL",
			"CASE WHEN price > 0 THEN price END", "price::bigint", "quantity", "'a' || price" })
	void doesNotSaySoOfOthers(String expression) {
		assertThat(this.line.isNeverNull(SqlExpression.of(expression))).isFalse();
	}

	private static Column column(String name, boolean nullable) {
		return new Column(ColumnName.of(name), SqlType.of("numeric"), nullable, null, Column.Generation.NONE);
	}

}
