package dev.concertina.backfill;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.change.Change;
import dev.concertina.operation.FillColumns;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a value of a task becomes in a column.
 */
@Tag("slow")
@PostgresTest
class TaskValuesIntegrationTests {

	private static final FillColumns FILL = FillColumns.of("line", List.of("it's \"new\" ?"), List.of("the \"key\""),
			"constant");

	private static final Change CHANGE = Change.version("1", "filled").operation(FILL).build();

	private final TestDatabase db;

	TaskValuesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	static List<Arguments> values() {
		return List.of(arguments("text", "it's \\ \"odd\", {NULL} ?", "'it''s \\ \"odd\", {NULL} ?'"),
				arguments("varchar(5)", "", "''"), arguments("integer", 7, "7"),
				arguments("bigint", Long.MIN_VALUE, "-9223372036854775808"),
				arguments("numeric(20,4)", new BigDecimal("1E+3"), "1000.0000"),
				arguments("double precision", Double.NEGATIVE_INFINITY, "'-Infinity'"),
				arguments("boolean", false, "false"),
				arguments("uuid", new UUID(1, 2), "'00000000-0000-0001-0000-000000000002'"),
				arguments("bytea", new byte[] { 0, -1, 92 }, "'\\x00ff5c'"),
				arguments("timestamp with time zone", Instant.parse("2024-02-29T23:59:59.123456Z"),
						"'2024-02-29 23:59:59.123456+00'"),
				arguments("timestamp with time zone", OffsetDateTime.parse("2024-02-29T23:00+05:30"),
						"'2024-02-29 17:30:00+00'"),
				arguments("timestamp without time zone", LocalDateTime.parse("2024-02-29T23:59:59"),
						"'2024-02-29 23:59:59'"),
				arguments("date", LocalDate.parse("2024-02-29"), "'2024-02-29'"),
				arguments("time without time zone", LocalTime.parse("23:59"), "'23:59:00'"),
				arguments("jsonb", "{\"a\": [1, null]}", "'{\"a\": [1, null]}'"), arguments("json", "{}", "'{}'"),
				arguments("int4range", "[1,5)", "'[1,5)'"), arguments("mood", "glad", "'glad'"),
				arguments("even", 4, "4"),
				arguments("text[]", Arrays.asList("a,b", null, "NULL", "\"\\", ""),
						"ARRAY['a,b', NULL, 'NULL', '\"\\', '']"),
				arguments("integer[]", List.of(List.of(1, 2), List.of(3, 4)), "ARRAY[[1,2],[3,4]]"),
				arguments("integer[]", List.of(), "'{}'"),
				arguments("bytea[]", List.of(new byte[] { 1 }, new byte[0]), "ARRAY['\\x01'::bytea, '\\x']"));
	}

	@ParameterizedTest
	@MethodSource("values")
	void isWhatWasMeant(String type, Object value, String expected) {
		Application application = fill(type, value);
		assertThat(application.status(CHANGE).state()).as("%s", application.status(CHANGE))
			.isEqualTo(State.running(Phase.CONTRACT));
		assertThat(this.db.jdbc()
			.sql("SELECT CAST(ROW(\"it's \"\"new\"\" ?\") AS record) *= CAST(ROW(CAST(%s AS %s)) AS record) FROM line"
				.formatted(expected, type))
			.query(Boolean.class)
			.single()).isTrue();
	}

	static List<Arguments> wrongValues() {
		return List.of(arguments("varchar(5)", "longer", "value too long"), arguments("integer", "seven", "\"seven\""),
				arguments("even", 3, "violates check constraint"), arguments("mood", "odd", "invalid input value"));
	}

	@ParameterizedTest
	@MethodSource("wrongValues")
	void isSetAsideIfItDoesNotFit(String type, Object value, String error) {
		Application application = fill(type, value);
		assertThat(application.concertina().poisonRows(CHANGE.id(), 2)).singleElement()
			.satisfies((row) -> assertThat(row.error()).contains(error));
	}

	@Test
	void isRefusedIfItCouldMeanTwoThings() {
		assertThat(fill("timestamp with time zone", new Timestamp(0)).status(CHANGE).reason())
			.contains("Column it's \"new\" ? is timestamp with time zone, and gets a java.sql.Timestamp");
	}

	@Test
	void isRefusedIfOnlyAnotherTypeTakesIt() {
		assertThat(fill("text", new byte[0]).status(CHANGE).reason()).contains("is text, and gets a [B");
	}

	private Application fill(String type, Object value) {
		this.db.execute("CREATE TYPE mood AS ENUM ('sad', 'glad')",
				"CREATE DOMAIN even AS integer CHECK (value % 2 = 0)",
				"CREATE TABLE line (id bigint PRIMARY KEY, \"the \"\"key\"\"\" int, \"it's \"\"new\"\" ?\" %s)"
					.formatted(type),
				"INSERT INTO line VALUES (1, 1)");
		return Application
			.with(this.db, Halt.OPTIONS, (builder) -> builder.task("constant", new Constant(value)), CHANGE)
			.start()
			.run(CHANGE);
	}

	private record Constant(Object value) implements BackfillTask<Integer> {

		@Override
		public Integer read(ResultSet row) throws SQLException {
			return row.getInt(1);
		}

		@Override
		public Map<String, ?> transform(Integer key) {
			return Map.of("it's \"new\" ?", this.value);
		}

	}

}
