package dev.concertina.change;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

/**
 * Operations that only the database can tell to be wrong, each with its objection. If
 * there are several, the last one is wrong.
 */
final class WrongOperations {

	/** What they are about. */
	static final List<String> TABLES = List.of("CREATE DOMAIN positive AS int CHECK (value > 0)",
			"""
					CREATE TABLE orders (id bigint PRIMARY KEY, mail text, seen date, code text NOT NULL, note text, items jsonb,
					                     price numeric DEFAULT 0, state text DEFAULT 'new', size int,
					                     total int GENERATED ALWAYS AS (size * 2) STORED,
					                     number int GENERATED ALWAYS AS IDENTITY)""",
			"CREATE TABLE customer (id bigint PRIMARY KEY, order_id bigint REFERENCES orders, mail text)",
			"CREATE TABLE pair (a int, b int, items jsonb, PRIMARY KEY (a, b))", "CREATE TABLE loose (word text)",
			"CREATE VIEW mails AS SELECT seen FROM orders",
			"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");

	private WrongOperations() {
	}

	static Stream<Arguments> columns() {
		return Stream.of(
				wrong("unknown table", "There is no table order", "Did you mean public.orders?",
						"renameColumn: { table: order, column: mail, to: email }"),
				wrong("unknown schema", "There is no table sales.orders", "Did you mean public.orders?",
						"addColumn: { table: sales.orders, column: total, type: int }"),
				wrong("unknown column", "Table public.orders has no column male", "Use one of [id, mail,",
						"renameColumn: { table: orders, column: male, to: email }"),
				wrong("name in other letters", "Table public.orders has no column MAIL", "Use one of [id, mail,",
						"renameColumn: { table: orders, column: MAIL, to: email }"),
				wrong("name that is taken", "Table public.orders has a column price already",
						"Choose a name that the table does not have",
						"renameColumn: { table: orders, column: mail, to: price }"),
				wrong("column renamed to itself", "Table public.orders has a column mail already",
						"Choose a name that the table does not have",
						"renameColumn: { table: orders, column: mail, to: mail }"),
				wrong("cycle of names", "Two operations of one change are about column public.orders.email",
						"a change of its own", "renameColumn: { table: orders, column: mail, to: email }",
						"renameColumn: { table: orders, column: email, to: mail }"),
				wrong("two operations for one column",
						"Two operations of one change are about column public.orders.note", "a change of its own",
						"setDefault: { table: orders, column: note, value: 1 }",
						"changeColumnType: { table: orders, column: note, to: word, type: text, default: 1 }"),
				wrong("view in place of a table", "public.mails is no heap table", "ordinary or partitioned tables",
						"renameColumn: { table: mails, column: seen, to: email }"),
				wrong("column of a view", "because of: rule _RETURN on view mails", "Drop or move these first",
						"renameColumn: { table: orders, column: seen, to: viewed }"),
				wrong("generated column", "is filled by PostgreSQL itself (EXPRESSION)", "that the application writes",
						"renameColumn: { table: orders, column: total, to: sum }"),
				wrong("identity column", "is filled by PostgreSQL itself (IDENTITY)", "that the application writes",
						"changeColumnType: { table: orders, column: number, type: text }"));
	}

	static Stream<Arguments> valuesOfColumns() {
		return Stream.of(
				wrong("unknown type", "There is no type nummeric", "Write a PostgreSQL type",
						"addColumn: { table: orders, column: length, type: nummeric }"),
				wrong("domain that forbids values", "would be of the domain positive, which forbids some values",
						"a constraint of the table", "addColumn: { table: orders, column: length, type: positive }"),
				wrong("not null without a value", "shall forbid NULL, but rows have no value for it",
						"a 'default', or an expression 'up'",
						"addColumn: { table: orders, column: length, type: int, notNull: true }"),
				wrong("default of another type", "invalid input syntax for type integer: \"many\"", "that gives int",
						"addColumn: { table: orders, column: length, type: int, default: \"'many'\" }"),
				wrong("default that reads a column", "column \"price\" does not exist", "that gives int",
						"addColumn: { table: orders, column: length, type: int, default: price * 2 }"),
				wrong("expression that reads a generated column", "reads the generated column total",
						"Write out what total is generated from",
						"addColumn: { table: orders, column: length, type: int, up: total }"),
				wrong("expression with an unknown column", "column \"prise\" does not exist", "that gives int",
						"addColumn: { table: orders, column: length, type: int, up: prise * 2 }"),
				wrong("expression with an unknown function", "function twice(numeric) does not exist", "that gives int",
						"addColumn: { table: orders, column: length, type: int, up: twice(price) }"),
				wrong("syntax error in an expression", "syntax error at or near \"*\"", "that gives int",
						"addColumn: { table: orders, column: length, type: int, up: price * * 2 }"),
				wrong("value in two ways", "Column length would get its values in two ways",
						"Keep either 'generated', or 'identity', or 'default' and 'up'",
						"addColumn: { table: orders, column: length, type: int, generated: size * 2, up: size * 2 }"),
				wrong("identity with a default", "Column length would get its values in two ways",
						"Keep either 'generated', or 'identity', or 'default' and 'up'",
						"addColumn: { table: orders, column: length, type: int, identity: always, default: 1 }"),
				wrong("generated column that forbids NULL", "to forbid NULL in the generated column length",
						"forbid it by addCheck",
						"addColumn: { table: orders, column: length, type: int, generated: size * 2, notNull: true }"),
				wrong("stored column that is not generated", "Column length is stored, but nothing is generated",
						"Add 'generated' with an expression",
						"addColumn: { table: orders, column: length, type: int, stored: true, up: size * 2 }"),
				wrong("identity of a text", "identity column type must be smallint, integer, or bigint",
						"Write smallint, integer or bigint",
						"addColumn: { table: orders, column: length, type: text, identity: by-default }"),
				wrong("unknown identity", "'sometimes' is not known here", "Use one of always, by-default",
						"addColumn: { table: orders, column: length, type: int, identity: sometimes }"),
				wrong("aggregate in an expression", "aggregate functions are not allowed",
						"over the columns of public.orders",
						"addColumn: { table: orders, column: length, type: int, up: max(price) }"),
				wrong("impossible cast", "cannot cast type jsonb to date", "that gives date",
						"changeColumnType: { table: orders, column: items, type: date }"),
				wrong("down that gives another type", "cannot cast type json to numeric", "that gives numeric",
						"changeColumnType: { table: orders, column: price, to: cents, type: bigint, up: price * 100, down: \"'{}'::json\" }"),
				wrong("down over a name that the column does not get", "column \"length\" does not exist", "that gives",
						"changeColumnType: { table: orders, column: code, type: bigint, up: length(code), down: length }"),
				wrong("volatile expression", "which gives another value at each call",
						"the same value for the same row",
						"changeColumnType: { table: orders, column: note, to: word, type: text, up: note || random(), down: word }"),
				wrong("default that gets lost", "has the default 0, and cents would have none", "under 'default'",
						"changeColumnType: { table: orders, column: price, to: cents, type: bigint, up: price * 100, down: cents / 100 }"),
				wrong("not null already", "Column public.orders.code is NOT NULL already", "Remove the operation",
						"setNotNull: { table: orders, column: code }"),
				wrong("key that is wide already", "Column public.orders.id is bigint", "smallint or integer",
						"widenKey: { table: orders, column: id }"),
				wrong("key that is no number", "Column public.orders.note is text", "smallint or integer",
						"widenKey: { table: orders, column: note }"),
				wrong("column in a key of another table",
						"because the foreign key customer_order_id_fkey of public.customer refers to it",
						"Drop or move that key first", "dropColumn: { table: orders, column: id }"),
				wrong("value for a column that has one", "has a value in rows that are inserted without it", "",
						"dropColumn: { table: orders, column: state, down: \"'new'\" }"),
				wrong("no default to drop", "Column public.orders.mail has no default", "Remove the operation",
						"dropDefault: { table: orders, column: mail }"),
				wrong("NULL in a primary key", "Column public.orders.id is part of the primary key",
						"that no primary key has", "dropNotNull: { table: orders, column: id }"),
				wrong("default of a generated column", "is filled by PostgreSQL itself (EXPRESSION)",
						"that can have a default", "setDefault: { table: orders, column: total, value: 1 }"));
	}

	static Stream<Arguments> regroupings() {
		return Stream.of(wrong("split into a column that is there", "Table public.orders has a column mail already",
				"Choose a name",
				"splitColumn: { table: orders, column: note, into: [{ name: mail, type: text, up: note }, { name: rest, type: text, up: note }], down: mail }"),
				wrong("split into nothing", "Column note is split into 0", "at least two columns",
						"splitColumn: { table: orders, column: note, into: [], down: note }"),
				wrong("merge of an unknown column", "column \"first\" does not exist",
						"over the columns of public.orders",
						"mergeColumns: { table: orders, columns: [{ name: first, down: whole }, { name: note, down: whole }], into: { name: whole, type: text, up: first } }"),
				wrong("array in a text", "Column public.orders.note is text", "json or jsonb",
						"extractJsonArray: { table: orders, column: note, into: item, parentKey: order_id, ordinal: n, columns: [{ name: sku, type: text }] }"),
				wrong("table that is there", "There is a table public.customer already", "Choose a name that is free",
						"extractJsonArray: { table: orders, column: items, into: customer, parentKey: order_id, ordinal: n, columns: [{ name: sku, type: text }] }"),
				wrong("key of two columns", "Table public.pair has a primary key of 2 columns", "a key of one column",
						"extractJsonArray: { table: pair, column: items, into: item, parentKey: pair_id, ordinal: n, columns: [{ name: sku, type: text }] }"),
				wrong("column of an element twice", "Table item gets a column twice: [order_id, n, n]",
						"a name of its own",
						"extractJsonArray: { table: orders, column: items, into: item, parentKey: order_id, ordinal: n, columns: [{ name: n, type: int }] }"),
				wrong("index on nothing", "Table item has no column size to index", "Use one of [order_id, n, sku]",
						"extractJsonArray: { table: orders, column: items, into: item, parentKey: order_id, ordinal: n, columns: [{ name: sku, type: text }], indexes: [size] }"),
				wrong("object in a text", "Column public.orders.note is text", "json or jsonb",
						"extractJsonObject: { table: orders, column: note, columns: [{ name: city, type: text }] }"),
				wrong("split of the key", "Column id is in the key of public.orders", "Leave it out",
						"splitTable: { table: orders, columns: [id], into: head }"),
				wrong("split of a table without a key", "Table public.loose has no primary key", "Add one first",
						"splitTable: { table: loose, columns: [word], into: head }"),
				wrong("split of what is required", "Column public.orders.code is NOT NULL or has a default",
						"Drop both first", "splitTable: { table: orders, columns: [code], into: head }"),
				wrong("lookup of a text", "Column public.orders.note is text, no ENUM with labels", "of an ENUM type",
						"enumToLookup: { table: orders, column: note, to: word, lookup: words }"),
				wrong("list of a number", "function string_to_array(numeric, unknown) does not exist",
						"over the columns of public.orders",
						"listToArray: { table: orders, column: price, to: prices, elements: numeric, separator: \",\" }"),
				wrong("truth of nothing", "Yes is [] and no is [] in note", "at least one value each",
						"convertToBoolean: { table: orders, column: note, to: done, yes: [], no: [] }"),
				wrong("unit of no money", "'minor' is not known here", "Use one of numeric, smallest",
						"convertMoney: { table: orders, column: note, to: cents, unit: minor, digits: 2 }"));
	}

	static Stream<Arguments> indexesAndConstraints() {
		return Stream.of(
				wrong("index on an unknown column", "column \"nope\" does not exist", "as it stands in CREATE INDEX",
						"createIndex: { table: orders, on: [nope] }"),
				wrong("index in an unknown method", "access method \"nope\" does not exist",
						"as it stands in CREATE INDEX", "createIndex: { table: orders, on: [mail], using: nope }"),
				wrong("index that is gone", "There is no index nope", "an index of this database",
						"dropIndex: { index: nope }"),
				wrong("index of a constraint", "Index public.orders_pkey is that of constraint orders_pkey",
						"by dropConstraint", "dropIndex: { index: orders_pkey }"),
				wrong("index of a taken name", "The name public.customer_pkey is taken", "Choose a name",
						"createIndex: { table: orders, on: [mail], name: customer_pkey }"),
				wrong("check that is no condition", "must be type boolean, not type integer", "Write a condition",
						"addCheck: { table: orders, name: c, check: length(mail) }"),
				wrong("check on other tables", "cannot use subquery in check constraint", "Write a condition",
						"addCheck: { table: orders, name: c, check: \"mail IN (SELECT mail FROM customer)\" }"),
				wrong("reference to no key", "No key of public.orders keeps the values of [mail] apart",
						"by addUnique first",
						"addForeignKey: { table: customer, columns: [mail], references: orders, referencedColumns: [mail] }"),
				wrong("reference of another type", "cannot be implemented", "columns of the same types",
						"addForeignKey: { table: customer, columns: [mail], references: orders }"),
				wrong("second primary key", "Table public.orders has the primary key [id] already", "by dropConstraint",
						"addPrimaryKey: { table: orders, columns: [mail] }"),
				wrong("column twice in a key", "The columns of a unique constraint are [mail, mail]", "and none twice",
						"addUnique: { table: orders, columns: [mail, mail] }"),
				wrong("exclusion", "can't be added while the table is in use", "by a script when nobody uses the table",
						"addExclusion: { table: orders, name: apart, definition: \"USING gist (id WITH =)\" }"),
				wrong("unknown constraint", "Table public.orders has no constraint nope", "Use one of [",
						"dropConstraint: { table: orders, name: nope }"),
				wrong("constraint that another one needs",
						"because of: constraint customer_order_id_fkey on table customer", "Drop or move these first",
						"dropConstraint: { table: orders, name: orders_pkey }"));
	}

	static Stream<Arguments> objects() {
		return Stream.of(
				wrong("table that a view reads",
						"because of: constraint customer_order_id_fkey on table customer; rule _RETURN on view mails",
						"Drop these first", "dropTable: { table: orders }"),
				wrong("table of a taken name", "The name public.customer is taken", "Choose a name",
						"renameTable: { table: orders, to: customer }"),
				wrong("table without columns", "Table public.fresh would have no column", "under 'columns'",
						"createTable: { name: fresh }"),
				wrong("table with a column twice", "Table fresh would have two columns a", "Remove one of them",
						"createTable: { name: fresh, columns: [{ name: a, type: int }, { name: a, type: int }] }"),
				wrong("view of nothing", "column \"nothing\" does not exist", "Write one SELECT",
						"createView: { name: v, query: SELECT nothing FROM orders }"),
				wrong("sequence of a taken name", "The name public.orders is taken", "Choose a name",
						"createSequence: { name: orders }"),
				wrong("unknown function", "There is no function nope(int)", "the types of its arguments",
						"dropFunction: { signature: nope(int) }"),
				wrong("unknown trigger", "Table public.orders has no trigger nope", "that the table has itself",
						"dropTrigger: { table: orders, name: nope }"),
				wrong("comment on a view", "public.mails is no ordinary or partitioned table", "the operation sql",
						"setComment: { table: mails, text: who buys }"),
				wrong("SQL for nothing", "There is no SQL for any phase", "or give a 'backfill'",
						"sql: { expand: [] }"),
				wrong("SQL without undo", "Nothing is said about what takes 'ALTER TABLE orders ADD size int' back",
						"'irreversible: true'", "sql: { expand: [{ sql: ALTER TABLE orders ADD size int }] }"),
				wrong("SQL on an unknown table", "There is no table order", "Did you mean public.orders?",
						"sql: { backfill: { table: order, set: note = '', where: note IS NULL } }"));
	}

	static Stream<Arguments> injections() {
		return Stream.of(
				wrong("in the name of a table", "There is no table orders; DROP TABLE customer",
						"Did you mean public.orders?",
						"renameColumn: { table: \"orders; DROP TABLE customer\", column: mail, to: email }"),
				wrong("in the name of a column", "has no column mail\"; DROP TABLE customer; --", "Use one of [",
						"renameColumn: { table: orders, column: \"mail\\\"; DROP TABLE customer; --\", to: email }"),
				wrong("in the type of a column", "'int); DROP TABLE customer; --' is no type",
						"Write a PostgreSQL type",
						"addColumn: { table: orders, column: length, type: \"int); DROP TABLE customer; --\" }"),
				wrong("in a type by its words", "'int, DROP COLUMN mail' is no type", "Write a PostgreSQL type",
						"addColumn: { table: orders, column: length, type: \"int, DROP COLUMN mail\" }"),
				wrong("that ends an expression", "a ';', which would end it", "Write one SQL expression",
						"addColumn: { table: orders, column: length, type: int, up: \"price; DROP TABLE customer\" }"),
				wrong("that closes an expression", "a ')' without '('", "Write one SQL expression",
						"addColumn: { table: orders, column: length, type: int, up: \"price) FROM customer; DELETE FROM customer; --\" }"),
				wrong("that hides in a dollar quote", "unterminated dollar-quoted string", "that gives int",
						"addColumn: { table: orders, column: length, type: int, up: \"$$price\" }"),
				wrong("in a default", "syntax error at or near \"COLUMN\"", "that gives int",
						"addColumn: { table: orders, column: length, type: int, default: \"0, DROP COLUMN mail\" }"),
				wrong("in the elements of an index", "a ')' without '('", "Write one SQL expression",
						"createIndex: { table: orders, on: [\"mail) WHERE (true); DROP TABLE customer\"] }"),
				wrong("in a view", "a ';', which would end it", "Write one statement under 'query'",
						"createView: { name: v, query: \"SELECT 1; DROP TABLE customer\" }"),
				wrong("in a function", "a ';', which would end it", "Write one statement under 'definition'",
						"createFunction: { definition: \"CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP TABLE customer\" }"),
				wrong("in a trigger", "a ';', which would end it", "Write one statement under 'action'",
						"createTrigger: { table: orders, name: t, event: \"BEFORE UPDATE\", action: \"EXECUTE FUNCTION f(); DROP TABLE customer\" }"),
				wrong("in a signature", "There is no function f(); DROP TABLE customer", "the types of its arguments",
						"dropFunction: { signature: \"f(); DROP TABLE customer\" }"));
	}

	private static Arguments wrong(String situation, String what, String action, String... operations) {
		String items = String.join("\n- ", operations);
		return Arguments.of(situation, "operations:\n- %s\n".formatted(items), operations.length + 1, what, action);
	}

}
