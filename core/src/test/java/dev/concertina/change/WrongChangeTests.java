package dev.concertina.change;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.Operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class WrongChangeTests {

	private static final String RENAME = """
			operations:
			- renameColumn:
			    table: customer
			    column: mail
			    to: email
			""";

	private static final String CHANGE_TYPE = """
			operations:
			- changeColumnType:
			    table: orders
			    column: price
			    to: amount
			    type: int
			    down: amount
			    up: price
			""";

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "wrongYaml", "wrongShapes", "wrongKeys", "wrongOperations", "wrongValues" })
	void isRefusedWithOneProblem(String situation, String text, int line, String what, String action) {
		assertThat(problems(new ChangeFile("db/evolution/V12__split.yaml", text))).singleElement()
			.satisfies((problem) -> assertThat(problem.where()).isEqualTo("db/evolution/V12__split.yaml:" + line),
					(problem) -> assertThat(problem.what()).contains(what).doesNotEndWith("."),
					(problem) -> assertThat(problem.action()).contains(action).endsWith("."),
					(problem) -> assertThat(problem.toString()).doesNotContain("snakeyaml", "'reader'", "Exception"));
	}

	static Stream<Arguments> wrongYaml() {
		return Stream.of(arguments("empty file", "", 1, "The file is empty", "'operations'"),
				arguments("only comments", "# later\n\n# or never\n", 1, "The file is empty", "'operations'"),
				arguments("tab", "operations:\n\t- setNotNull: {}\n", 2, "found character '\\t(TAB)'",
						"Indent with spaces"),
				arguments("unbalanced bracket", "operations: [{ setNotNull: { table: a }\n", 2, "This is no YAML",
						"quotes"),
				arguments("colon in a value", RENAME.replace("email", "e: mail"), 5,
						"mapping values are not allowed here", "\"double quotes\""),
				arguments("text behind a quoted value", CHANGE_TYPE.replace("up: price", "up: 'x' || price"), 8,
						"This is no YAML: ", "\"double quotes\""),
				arguments("control character", RENAME.replace("email", "e\u0007mail"), 5, "U+0007", "Remove it"),
				arguments("anchor", RENAME.replace("customer", "&t customer"), 3, "'t' is an anchor or an alias",
						"Write out"),
				arguments("alias to nothing", RENAME.replace("customer", "*t"), 3, "'t' is an anchor or an alias",
						"Write out"),
				arguments("Java type", RENAME.replace("customer", "!!java.net.URL customer"), 3,
						"'tag:yaml.org,2002:java.net.URL' is a tag", "Remove it"),
				arguments("Java type of a list", RENAME.replace("customer", "!!javax.script.ScriptEngineManager [ a ]"),
						3, "ScriptEngineManager' is a tag", "Remove it"),
				arguments("several documents", RENAME + "---\n" + RENAME, 6, "second document", "one file"),
				arguments("very deep", "operations: " + "[".repeat(5000) + "]".repeat(5000), 1, "can't be read as YAML",
						"less deeply"),
				arguments("operator of jsonb", CHANGE_TYPE.replace("up: price", "up: payload #>> '{price}'"), 8,
						"what stands behind 'payload' is a comment", "\"double quotes\""),
				arguments("operator of jsonb on the next line",
						CHANGE_TYPE.replace("up: price", "up: payload\n      #> '{price}'"), 8,
						"what stands behind 'payload' is a comment", "behind '|'"),
				arguments("deletion from jsonb", CHANGE_TYPE.replace("up: price", "up: payload #- '{price}'"), 8,
						"what stands behind 'payload' is a comment", "behind '|'"));
	}

	static Stream<Arguments> wrongShapes() {
		return Stream.of(
				arguments("text", "\nrename a column\n", 2, "the change is text, not a mapping",
						"description, contract, operations"),
				arguments("list", "- renameColumn\n", 1, "the change is a list, not a mapping",
						"description, contract, operations"),
				arguments("no operations", "description: later\n", 1, "'operations' of the change is missing",
						"Add the key 'operations'"),
				arguments("operations without a value", "description: later\noperations:\n", 2,
						"'operations' of the change has no value", "behind 'operations:'"),
				arguments("null operations", "operations: null\n", 1, "'operations' of the change has no value",
						"behind 'operations:'"),
				arguments("empty operations", "description: x\noperations: []\n", 2, "is an empty list",
						"'- renameColumn:'"),
				arguments("operations as a mapping", RENAME.replace("- r", "  r"), 2, "is a mapping, not a list",
						"'- renameColumn:'"),
				arguments("operations as text", "operations: renameColumn\n", 1, "is text, not a list",
						"'- renameColumn:'"),
				arguments("a description of many", "description: [a, b]\n" + RENAME, 1,
						"'description' of the change is a list, not text", "Write text"));
	}

	static Stream<Arguments> wrongKeys() {
		return Stream.of(
				arguments("unknown key of the change", "version: 12\n" + RENAME, 1, "'version' is no key of the change",
						"Its keys are description, contract, operations."),
				arguments("misspelled key of the change", RENAME.replace("operations", "operation"), 1,
						"'operation' is no key of the change", "Did you mean 'operations'?"),
				arguments("misspelled key", RENAME.replace("column: mail", "colunm: mail"), 4,
						"'colunm' is no key of renameColumn", "Did you mean 'column'? Its keys are table, column, to."),
				arguments("unknown key", RENAME + "    where: x\n", 6, "'where' is no key of renameColumn",
						"Its keys are table, column, to."),
				arguments("component instead of its key", CHANGE_TYPE + "    defaultValue: 1\n", 9,
						"'defaultValue' is no key of changeColumnType", "Did you mean 'default'?"),
				arguments("missing key", RENAME.replace("    to: email\n", ""), 2, "'to' of renameColumn is missing",
						"Add the key 'to'"),
				arguments("key twice", RENAME + "    table: orders\n", 6,
						"'table' of renameColumn is there twice, first in line 3", "Remove one"),
				arguments("key of the change twice", RENAME + RENAME, 6,
						"'operations' of the change is there twice, first in line 1", "Remove one"),
				arguments("key that is a list", RENAME + "    ? [a]\n    : b\n", 6,
						"A key of renameColumn is a list, not text", "in front of each ':'"),
				arguments("merge key", RENAME + "    <<: { to: x }\n", 6, "'<<' is no key of renameColumn",
						"Its keys are"),
				arguments("comma in a value between braces",
						"operations:\n- setNotNull: { table: a, column: b, up: x[1,2] }\n", 2, "This is no YAML",
						"brackets"));
	}

	static Stream<Arguments> wrongOperations() {
		return Stream.of(
				arguments("unknown operation", RENAME.replace("renameColumn", "dropTable"), 2,
						"There is no operation 'dropTable'", "The operations are "),
				arguments("misspelled operation", RENAME.replace("renameColumn", "rename_column"), 2,
						"There is no operation 'rename_column'", "Did you mean 'renameColumn'?"),
				arguments("two operations in one item",
						"operations:\n- setNotNull: { table: a, column: b }\n  renameColumn: { table: a, column: c, to: d }\n",
						2, "item 1 of 'operations' of the change holds setNotNull, renameColumn", "'- renameColumn:'"),
				arguments("keys not indented",
						"operations:\n- setNotNull: { table: a, column: b }\n- setNotNull:\n  table: a\n  column: b\n",
						3, "item 2 of 'operations' of the change holds setNotNull, table, column",
						"indented deeper than its name"),
				arguments("empty item", "operations:\n- setNotNull: { table: a, column: b }\n-\n", 3,
						"item 2 of 'operations' of the change is empty", "'- renameColumn:'"),
				arguments("item without keys", "operations:\n- renameColumn\n", 2,
						"item 1 of 'operations' of the change is text, not a mapping", "'- renameColumn:'"),
				arguments("operation without keys", "operations:\n- renameColumn:\n", 2,
						"renameColumn is text, not a mapping", "table, column, to"),
				arguments("operation with a number", "operations:\n- renameColumn: 12\n", 2,
						"renameColumn is text, not a mapping", "table, column, to"),
				arguments("operation with a list", "operations:\n- renameColumn: [a, b, c]\n", 2,
						"renameColumn is a list, not a mapping", "table, column, to"),
				arguments("operation whose name is a list", "operations:\n- ? [a]\n  : {}\n", 2,
						"There is no operation 'a list'", "The operations are "));
	}

	static Stream<Arguments> wrongValues() {
		return Stream.of(
				arguments("unknown policy", "contract: manual\n" + RENAME, 1, "'manual' is not known here",
						"Use one of approval, automatic."),
				arguments("policy without a value", "contract:\n" + RENAME, 1, "'contract' of the change has no value",
						"remove the key"),
				arguments("key without a value", RENAME.replace("to: email", "to:"), 5,
						"'to' of renameColumn has no value", "behind 'to:'"),
				arguments("null for a name", RENAME.replace("to: email", "to: ~"), 5,
						"'to' of renameColumn has no value", "behind 'to:'"),
				arguments("null for an expression", CHANGE_TYPE.replace("up: price", "up: null"), 8,
						"'up' of changeColumnType has no value", "behind 'up:'"),
				arguments("blank name", RENAME.replace("to: email", "to: '  '"), 5, "is blank",
						"as it is in the database"),
				arguments("name of 64 bytes", RENAME.replace("email", "ä".repeat(32)), 5,
						"is 64 bytes long, PostgreSQL takes at most 63", "shorter"),
				arguments("table of three parts", RENAME.replace("customer", "a.b.c"), 3, "'a.b.c' is no table name",
						"schema.table"),
				arguments("list for a name", RENAME.replace("to: email", "to: [email]"), 5,
						"'to' of renameColumn is a list, not text", "Write text"),
				arguments("mapping for a name", RENAME.replace("to: email", "to: { name: email }"), 5,
						"'to' of renameColumn is a mapping, not text", "Write text"),
				arguments("semicolon", CHANGE_TYPE.replace("up: price", "up: price; DROP TABLE orders"), 8,
						"a ';', which would end it", "one SQL expression"),
				arguments("unbalanced parenthesis",
						CHANGE_TYPE.replace("up: price", "up: |\n      round(\n        price"), 8, "1 '(' without ')'",
						"one SQL expression"),
				arguments("string without end", CHANGE_TYPE.replace("up: price", "up: \"'a\""), 8,
						"a ' that nothing ends", "one SQL expression"),
				arguments("type with a semicolon", CHANGE_TYPE.replace("type: int", "type: int; x"), 6, "is no type",
						"numeric(12,2)"));
	}

	@ParameterizedTest
	@MethodSource("wrongNames")
	void isRefusedForItsName(String name, String what, String action) {
		assertThat(problems(new ChangeFile(name, RENAME))).singleElement()
			.satisfies((problem) -> assertThat(problem.where()).isEqualTo(name),
					(problem) -> assertThat(problem.what()).isEqualTo(what),
					(problem) -> assertThat(problem.action()).contains(action));
	}

	static Stream<Arguments> wrongNames() {
		return Stream.of(
				arguments("db/evolution/V12_split.yaml", "'V12_split.yaml' is no name of a change",
						"V<version>__<id>.yaml"),
				arguments("12__x.yaml", "'12__x.yaml' is no name of a change", "V<version>__<id>.yaml"),
				arguments("V12a__x.yaml", "'V12a__x.yaml' is no name of a change", "V<version>__<id>.yaml"),
				arguments("V12__split order.yaml", "'split order' is no id of a change", "letters, digits, _ and -"),
				arguments("V12__%s.yaml".formatted("x".repeat(101)),
						"'%s' is no id of a change".formatted("x".repeat(101)), "at most 100"));
	}

	@Test
	void isRefusedForAnAliasBombBeforeItGrows() {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
		for (int level = 1; level < 40; level++) {
			bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(level, level - 1));
		}
		assertThat(problems(new ChangeFile("V1__x.yaml", bomb.toString())))
			.allSatisfy((problem) -> assertThat(problem.what()).contains("is an anchor or an alias"));
	}

	@Test
	void isRefusedForAValueThatABraceSplits() {
		assertThat(problems(new ChangeFile("V1__x.yaml", """
				operations:
				- setNotNull: { table: a, column: b, up: coalesce(c, d) }
				"""))).extracting(Problem::toString)
			.containsExactly(
					"V1__x.yaml:2: 'd)' is no key of setNotNull. Put a value that holds a comma into \"double quotes\" between { and }.",
					"V1__x.yaml:2: The expression 'coalesce(c' has 1 '(' without ')'. Write one SQL expression over the columns of the table, such as lower(email).");
	}

	@Test
	void isRefusedWithAllProblemsOfAllFiles() {
		assertThat(problems(new ChangeFile("V1_a.yaml", """
				contract: never
				operations:
				- renameColumn: { tabel: customer, column: '' }
				- dropTable: {}
				- setNotNull: { table: a.b.c, column: b }
				comment: x
				"""), new ChangeFile("V2__b.yaml", RENAME), new ChangeFile("V3__c.yaml", "operations: []"),
				new ChangeFile("V2__d.yaml", RENAME)))
			.extracting(Problem::where)
			.containsExactly("V1_a.yaml", "V1_a.yaml:1", "V1_a.yaml:3", "V1_a.yaml:3", "V1_a.yaml:3", "V1_a.yaml:4",
					"V1_a.yaml:5", "V1_a.yaml:6", "V3__c.yaml:1", "V2__d.yaml");
	}

	private static List<Problem> problems(ChangeFile... files) {
		RefusedChangesException refusal = catchThrowableOfType(RefusedChangesException.class,
				() -> new ChangeReader(Operations.catalog()).read(List.of(files)));
		assertThat(refusal).isNotNull();
		return refusal.problems();
	}

}
