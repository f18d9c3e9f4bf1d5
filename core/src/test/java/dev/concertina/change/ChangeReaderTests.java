package dev.concertina.change;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.operation.AddColumn;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.JsonField;
import dev.concertina.operation.Operations;
import dev.concertina.operation.RenameColumn;
import dev.concertina.operation.SetNotNull;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.TableName;

import static org.assertj.core.api.Assertions.assertThat;

class ChangeReaderTests {

	private static final String NAME = "db/evolution/V2026_11_1__tidy_up.yaml";

	@Test
	void givesTheChangeThatJavaGives() {
		Change change = read("""
				description: |
				  What people want to know.
				contract: automatic
				operations:
				  - renameColumn: { table: customer, column: mail, to: email }
				  - changeColumnType:
				      table: sales.orders
				      column: created_epoch
				      to: created_at
				      type: timestamptz
				      up: to_timestamp(created_epoch)
				      down: extract(epoch FROM created_at)::bigint
				      default: now()
				  - setNotNull:
				      table: customer
				      column: email
				      up: "'unknown'"
				  - setNotNull: { table: customer, column: name }
				""").change();
		Change java = Change.version("2026.11.1", "tidy_up")
			.contract(ContractPolicy.AUTOMATIC)
			.operation(RenameColumn.of("customer", "mail", "email"))
			.operation(ChangeColumnType
				.of("sales.orders", "created_epoch", "created_at", "timestamptz", "to_timestamp(created_epoch)",
						"extract(epoch FROM created_at)::bigint")
				.withDefault("now()"))
			.operation(SetNotNull.of("customer", "email").replacingNullBy("'unknown'"))
			.operation(SetNotNull.of("customer", "name"))
			.build();
		assertThat(change).isEqualTo(java);
		assertThat(change.fingerprint()).isEqualTo(java.fingerprint());
	}

	@Test
	void readsListsOfColumns() {
		Change change = read("""
				operations:
				- extractJsonArray:
				    table: orders
				    column: items
				    into: order_item
				    parentKey: order_id
				    ordinal: position
				    columns:
				    - { name: sku, type: text }
				    - { name: price, type: "numeric(12,2)", key: unitPrice }
				    rest: attributes
				    indexes: [sku]
				- addColumn: { table: orders, column: state, type: text, notNull: true, default: "'new'" }
				""").change();
		Change java = Change.version("2026.11.1", "tidy_up")
			.operation(ExtractJsonArray
				.of("orders", "items", "order_item", "order_id", "position", JsonField.of("sku", "text"),
						JsonField.of("price", "numeric(12,2)", "unitPrice"))
				.withRest("attributes")
				.withIndex("sku"))
			.operation(AddColumn.of("orders", "state", "text").withDefault("'new'").withNotNull())
			.build();
		assertThat(change).isEqualTo(java);
		assertThat(change.fingerprint()).isEqualTo(java.fingerprint());
	}

	@Test
	void hasAnotherFingerprintAfterAnyEdit() {
		String text = "operations: [{ renameColumn: { table: customer, column: mail, to: email } }]";
		assertThat(Stream
			.of(text, text.replace("customer", "orders"), text.replace("mail,", "name,"), text.replace("email", "post"),
					text + "\ncontract: automatic")
			.map((edited) -> read(edited).change().fingerprint())).doesNotHaveDuplicates();
	}

	@Test
	void asksForAnApprovalUnlessToldOtherwise() {
		assertThat(read("operations: [{ setNotNull: { table: customer, column: name } }]").change().contract())
			.isEqualTo(ContractPolicy.APPROVAL);
	}

	@ParameterizedTest
	@CsvSource({ "approval, APPROVAL", "APPROVAL, APPROVAL", "Automatic, AUTOMATIC", "'null', APPROVAL" })
	void readsThePolicyInAnyCase(String written, ContractPolicy policy) {
		assertThat(read("""
				contract: %s
				operations:
				- setNotNull: { table: customer, column: name }
				""".formatted(written)).change().contract()).isEqualTo(policy);
	}

	@Test
	void hasTheSameFingerprintWhateverItsFormAndDescription() {
		Change block = read("""
				# a comment
				operations:
				- renameColumn:
				    to: email
				    table: customer
				    column: mail
				""").change();
		Change flow = read(
				"""
						---
						{"operations": [{"renameColumn": {"table": "customer", "column": "mail", "to": "email"}}], "description": "x"}
						...
						""")
			.change();
		assertThat(block.fingerprint()).isEqualTo(flow.fingerprint());
	}

	@Test
	void remembersWhereEachOperationIs() {
		Definition definition = read("""
				# first the name

				operations:
				  - renameColumn: { table: customer, column: mail, to: email }
				  # then the rest
				  -
				    setNotNull: { table: customer, column: email }
				""");
		assertThat(definition.origin()).isEqualTo(NAME);
		assertThat(definition.lines()).containsExactly(4, 7);
	}

	@Test
	void takesNumbersAndWordsOfYamlAsTheyAreWritten() {
		ChangeColumnType operation = changeType("up: 007", "default: 0");
		assertThat(operation.up()).isEqualTo(SqlExpression.of("007"));
		assertThat(operation.defaultValue()).isEqualTo(SqlExpression.of("0"));
		operation = changeType("up: yes", "default: 1e3");
		assertThat(operation.up()).isEqualTo(SqlExpression.of("yes"));
		assertThat(operation.defaultValue()).isEqualTo(SqlExpression.of("1e3"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "NULL", "null", "'NULL'" })
	void takesNullAsADefaultForTheNullOfSql(String written) {
		assertThat(changeType("up: a", "default: " + written).defaultValue())
			.isEqualTo(SqlExpression.of(written.replace("'", "")));
	}

	@Test
	void takesATildeForNoDefaultAtAll() {
		assertThat(changeType("up: a", "default: ~").defaultValue()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "|\n      lower(a)\n", "|-\n      lower(a)", ">\n      lower(a)\n\n", "\"lower(a)\"",
			"'lower(a)'", "lower(a)  # in small letters" })
	void readsAnExpressionInEveryStyleOfText(String written) {
		assertThat(changeType("up: " + written, "default: 1").up()).isEqualTo(SqlExpression.of("lower(a)"));
	}

	@Test
	void readsOperatorsOfJsonInQuotes() {
		assertThat(changeType("up: \"payload #>> '{a,b}'\"", "default: 1").up())
			.isEqualTo(SqlExpression.of("payload #>> '{a,b}'"));
		assertThat(changeType("up: |\n      payload #>> '{a,b}'", "default: 1").up())
			.isEqualTo(SqlExpression.of("payload #>> '{a,b}'"));
	}

	@Test
	void keepsTheCaseOfNames() {
		Change change = read("""
				operations:
				- renameColumn: { table: '"odd.schema".Customer', column: eMail, to: "E-Mail" }
				""").change();
		assertThat(change.operations()).containsExactly(new RenameColumn(new TableName("odd.schema", "Customer"),
				ColumnName.of("eMail"), ColumnName.of("E-Mail")));
	}

	@Test
	void readsWindowsLineBreaksAndAByteOrderMark() {
		Definition definition = read("\uFEFFoperations:\r\n- setNotNull:\r\n    table: a\r\n    column: b\r\n");
		assertThat(definition.change().operations()).containsExactly(SetNotNull.of("a", "b"));
		assertThat(definition.lines()).containsExactly(2);
	}

	@Test
	void givesChangesInTheOrderOfTheirVersions() {
		String text = "operations: [{ setNotNull: { table: customer, column: name } }]";
		List<Definition> definitions = new ChangeReader(Operations.catalog())
			.read(List.of(new ChangeFile("V10__c.yaml", text), new ChangeFile("V2__b.yaml", text),
					new ChangeFile("V1_5__a.yml", text)));
		assertThat(definitions).extracting(Definition::origin)
			.containsExactly("V1_5__a.yml", "V2__b.yaml", "V10__c.yaml");
	}

	@Test
	void givesNothingForNoFiles() {
		assertThat(new ChangeReader(Operations.catalog()).read(List.of())).isEmpty();
	}

	@Test
	void readsOperationsOfTheApplication() {
		OperationCatalog catalog = Operations.catalog().with(Comment.class);
		ChangeFile file = new ChangeFile(NAME, "operations: [{ comment: { table: customer, text: who buys } }]");
		assertThat(new ChangeReader(catalog).read(List.of(file)).get(0).change().operations())
			.containsExactly(new Comment(TableName.of("customer"), "who buys"));
	}

	private static ChangeColumnType changeType(String up, String defaultValue) {
		return (ChangeColumnType) read("""
				operations:
				- changeColumnType:
				    table: orders
				    column: a
				    to: b
				    type: int
				    down: b
				    %s
				    %s
				""".formatted(up, defaultValue)).change().operations().get(0);
	}

	private static Definition read(String text) {
		return new ChangeReader(Operations.catalog()).read(List.of(new ChangeFile(NAME, text))).get(0);
	}

	private record Comment(TableName table, String text) implements Operation {

		@Override
		public Schema compile(Schema before, PlanBuilder plan) {
			return before;
		}

	}

}
