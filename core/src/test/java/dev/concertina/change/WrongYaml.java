package dev.concertina.change;

import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Files that can't be read as a change, each with the line and the objection.
 */
final class WrongYaml {

	static final String RENAME = """
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

	private WrongYaml() {
	}

	static Stream<Arguments> yaml() {
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

	static Stream<Arguments> shapes() {
		return Stream.of(
				arguments("text", "\nrename a column\n", 2, "the change is text, not a mapping",
						"description, contract, userTriggers, keptBy, operations"),
				arguments("list", "- renameColumn\n", 1, "the change is a list, not a mapping",
						"description, contract, userTriggers, keptBy, operations"),
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

	static Stream<Arguments> keys() {
		return Stream.of(
				arguments("unknown key of the change", "version: 12\n" + RENAME, 1, "'version' is no key of the change",
						"Its keys are description, contract, userTriggers, keptBy, operations."),
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

	static Stream<Arguments> operations() {
		return Stream.of(
				arguments("unknown operation", RENAME.replace("renameColumn", "truncate"), 2,
						"There is no operation 'truncate'", "The operations are "),
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

	static Stream<Arguments> values() {
		return Stream.of(
				arguments("unknown policy", "contract: manual\n" + RENAME, 1, "'manual' is not known here",
						"Use one of approval, automatic."),
				arguments("policy without a value", "contract:\n" + RENAME, 1, "'contract' of the change has no value",
						"remove the key"),
				arguments("key without a value", RENAME.replace("to: email", "to:"), 5,
						"'to' of renameColumn has no value", "behind 'to:'"),
				arguments("null for a name", RENAME.replace("to: email", "to: ~"), 5,
						"'to' of renameColumn has no value", "behind 'to:'"),
				arguments("null for a required expression",
						"operations:\n- addCheck: { table: orders, name: c, check: null }\n", 2,
						"'check' of addCheck has no value", "behind 'check:'"),
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

}
