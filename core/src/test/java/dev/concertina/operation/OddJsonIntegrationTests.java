package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class OddJsonIntegrationTests {

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final State REFUSED = new State(Phase.VERIFY, Status.FAILED);

	private final ExtractJsonArray extract = ExtractJsonArray.of("orders", "items", "item", "order_id", "n",
			JsonField.of("sku", "text"), JsonField.of("detail", "jsonb"));

	private final TestDatabase db;

	OddJsonIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "NULL", textBlock = """
			NULL | 0
			null | 0
			[] | 0
			[{}] | 1
			[{"sku": null}] | 1
			[{"sku": "a"}, {"sku": "b", "detail": null}] | 2
			[{"sku": "a", "detail": {"size": [1, 2, {"x": "y"}]}}] | 1""")
	void becomesRowsWithoutARest(String document, int rows) {
		assertThat(stateWith(this.extract, document, "jsonb")).isEqualTo(AT_THE_GATE);
		assertThat(rows()).isEqualTo(rows);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"sku\": \"a\"}", "5", "\"text\"", "[1]", "[\"a\", {\"sku\": \"a\"}]", "[[]]", "[null]",
			"[{\"sku\": \"a\", \"colour\": \"red\"}]" })
	void isNotDroppedWhereNoColumnHoldsAllOfIt(String document) {
		assertThat(stateWith(this.extract, document, "jsonb")).isEqualTo(REFUSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1]", "[\"a\", {\"sku\": \"a\"}]", "[[]]", "[{\"sku\": \"a\", \"colour\": \"red\"}]",
			"[{\"sku\": \"a\", \"colour\": null, \"deep\": {\"er\": [1]}}]" })
	void isKeptAsItWasByARest(String document) {
		assertThat(stateWith(this.extract.withRest("rest"), document, "jsonb")).isEqualTo(AT_THE_GATE);
		this.db.execute("INSERT INTO item (order_id, n, sku) VALUES (1, 99, 'new')");
		assertThat(this.db.jdbc()
			.sql("SELECT jsonb_strip_nulls((items - -1)) = jsonb_strip_nulls(?::jsonb) FROM orders WHERE id = 1")
			.param(document)
			.query(Boolean.class)
			.single()).as("%s", document()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[{\"sku\": \"a\"}]", "[{\"detail\":   {\"b\":1, \"a\" : 2}}]" })
	void mayBeAColumnOfTypeJson(String document) {
		assertThat(stateWith(this.extract, document, "json")).isEqualTo(AT_THE_GATE);
		this.db.execute("UPDATE orders SET items = '[{\"sku\": \"x\"}, {\"sku\": \"y\"}]' WHERE id = 1",
				"INSERT INTO item (order_id, n, sku) VALUES (1, 3, 'z')");
		assertThat(rows()).isEqualTo(3);
		assertThat(this.db.jdbc().sql("SELECT json_array_length(items) FROM orders").query(Integer.class).single())
			.isEqualTo(3);
	}

	@Test
	void isNotCutToTheLengthOfItsColumn() {
		ExtractJsonArray narrow = ExtractJsonArray.of("orders", "items", "item", "order_id", "n",
				JsonField.of("sku", "varchar(3)"));
		assertThat(stateWith(narrow, "[{\"sku\": \"abcdef\"}]", "jsonb").status()).isEqualTo(Status.FAILED);
		assertThat(document()).contains("abcdef");
	}

	private State stateWith(ExtractJsonArray operation, String document, String type) {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, items %s)".formatted(type));
		this.db.jdbc().sql("INSERT INTO orders VALUES (1, ?::%s)".formatted(type)).param(document).update();
		Change change = Change.version("1", "c").operation(operation).build();
		return Application.of(this.db, change).start().run(change).status(change).state();
	}

	private long rows() {
		return this.db.jdbc().sql("SELECT count(*) FROM item").query(Long.class).single();
	}

	private String document() {
		return this.db.jdbc().sql("SELECT items::text FROM orders WHERE id = 1").query(String.class).single();
	}

}
