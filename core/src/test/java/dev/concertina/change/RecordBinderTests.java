package dev.concertina.change;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.failure.Problem;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlType;

import static org.assertj.core.api.Assertions.assertThat;

class RecordBinderTests {

	private final FileProblems problems = new FileProblems("x.yaml");

	@Test
	void bindsListsOfRecords() {
		assertThat(bind(Extract.class, """
				columns:
				- name: sku
				  type: text
				- { name: price, type: 'numeric(12,2)', key: p }
				indexes: [sku, price]
				rest: attributes
				""")).isEqualTo(new Extract(
				List.of(new Field(ColumnName.of("sku"), SqlType.of("text"), null),
						new Field(ColumnName.of("price"), SqlType.of("numeric(12,2)"), "p")),
				List.of(ColumnName.of("sku"), ColumnName.of("price")), ColumnName.of("attributes")));
	}

	@Test
	void leavesOutWhatMayBeAbsent() {
		assertThat(bind(Extract.class, "columns: [{ name: sku, type: text }]")).isEqualTo(
				new Extract(List.of(new Field(ColumnName.of("sku"), SqlType.of("text"), null)), List.of(), null));
		assertThat(bind(Simple.class, "count: 1")).isEqualTo(new Simple(1, null, false, null, null));
		assertThat(bind(Simple.class, "{ count: 1, size: null, on: ~, unit: null, items: null }"))
			.isEqualTo(new Simple(1, null, false, null, null));
	}

	@Test
	void bindsNumbersConstantsAndBooleans() {
		assertThat(bind(Simple.class, "{ count: -3, size: 9000000000, on: true, unit: hours, items: [] }"))
			.isEqualTo(new Simple(-3, 9_000_000_000L, true, TimeUnit.HOURS, List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UP_TO_DATE", "up_to_date", "up-to-date", "upToDate", "Up-To-Date" })
	void bindsAConstantInAnyCase(String written) {
		assertThat(bind(Freshness.class, "state: " + written)).isEqualTo(new Freshness(State.UP_TO_DATE));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					count: x                 | x.yaml:1: 'x' is no whole number, or too large. Write digits only.
					count: 3000000000        | x.yaml:1: '3000000000' is no whole number, or too large. Write digits only.
					count: 1.5               | x.yaml:1: '1.5' is no whole number, or too large. Write digits only.
					{ count: 1, on: yes }    | x.yaml:1: 'yes' is neither true nor false. Write true or false.
					{ on: true }             | x.yaml:1: 'count' of this is missing. Add the key 'count' with a value.
					{ count: 1, on: }        | x.yaml:1: 'on' of this has no value. Write a value, or remove the key.
					{ count: 1, items: a }   | x.yaml:1: 'items' of this is text, not a list. Write [a, b], or each item on a line of its own behind '- '.
					{ count: 1, items: [~] } | x.yaml:1: item 1 of 'items' of this has no value. Write a value, or remove the item.
					""")
	void refusesWrongValues(String text, String problem) {
		bind(Simple.class, text);
		assertThat(this.problems.all()).extracting(Problem::toString).containsExactly(problem);
	}

	@Test
	void namesTheConstantsThatThereAre() {
		bind(Freshness.class, "state: fresh");
		assertThat(this.problems.all()).extracting(Problem::action).containsExactly("Use one of up-to-date, stale.");
	}

	@Test
	void tellsTheLineOfEachProblemInAList() {
		bind(Extract.class, """
				columns:
				- name: sku
				  typ: text
				- type: text
				- sku
				indexes:
				- sku
				- []
				- ''
				""");
		assertThat(this.problems.all()).extracting(Problem::toString)
			.containsExactly(
					"x.yaml:3: 'typ' is no key of item 1 of 'columns' of this. Did you mean 'type'? Its keys are name, type, key.",
					"x.yaml:4: 'name' of item 2 of 'columns' of this is missing. Add the key 'name' with a value.",
					"x.yaml:5: item 3 of 'columns' of this is text, not a mapping. Write its keys below it, indented: name, type, key.",
					"x.yaml:8: item 2 of 'indexes' of this is a list, not text. Write text, in \"double quotes\" if it begins with a bracket.",
					"x.yaml:9: The name '' is blank. Write the name as it is in the database.");
	}

	@Test
	void tellsTheObjectionOfARecordAtTheLineWhereItBegins() {
		bind(Extract.class, "\nindexes: [sku]\n");
		assertThat(this.problems.all()).extracting(Problem::toString)
			.containsExactly("x.yaml:2: There is no column. List one.");
	}

	@Test
	void tellsTheObjectionOfPlainJavaCode() {
		bind(Picky.class, "{ id: 1-2, size: 1 }");
		bind(Picky.class, "{ id: 1-2-3-4-5, size: 0 }");
		assertThat(this.problems.all()).extracting(Problem::toString)
			.containsExactly("x.yaml:1: '1-2' has no five parts. Write a value that is allowed here.",
					"x.yaml:1: The size is 0. Write a value that is allowed here.");
	}

	private <T> @Nullable T bind(Class<T> type, String text) {
		return YamlText.root(text, this.problems)
			.flatMap((root) -> new NodeBinder(this.problems, Map.of()).bind(type, new Place("this", root), root))
			.orElse(null);
	}

	private enum State {

		UP_TO_DATE, STALE

	}

	private record Freshness(State state) {

	}

	private record Simple(int count, @Nullable Long size, boolean on, @Nullable TimeUnit unit,
			@Nullable List<String> items) {

	}

	record Parts(String text) {

		static Parts of(String text) {
			if (text.split("-", -1).length != 5) {
				throw new IllegalArgumentException("'%s' has no five parts".formatted(text));
			}
			return new Parts(text);
		}

	}

	record Picky(Parts id, int size) {

		Picky {
			if (size == 0) {
				throw new IllegalArgumentException("The size is 0");
			}
		}

	}

	private record Field(ColumnName name, SqlType type, @Nullable String key) {

	}

	private record Extract(List<Field> columns, List<ColumnName> indexes,
			@Nullable ColumnName rest) implements Operation {

		private Extract {
			if (columns.isEmpty()) {
				throw new InvalidDefinitionException("There is no column", "List one.");
			}
		}

		@Override
		public Schema compile(Schema before, PlanBuilder plan) {
			return before;
		}

	}

}
