package dev.concertina.docs;

import java.util.List;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeReader;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.JsonField;
import dev.concertina.operation.Operations;
import dev.concertina.operation.RenameColumn;
import dev.concertina.operation.SetNotNull;

/**
 * The page of an operation: its example, in the Java that the page shows, and the table
 * that the example changes.
 */
enum OperationPage {

	ADD_COLUMN("add-column", "V12__add_total.yaml",
			"CREATE TABLE line (id bigint PRIMARY KEY, price numeric(10,2) NOT NULL, quantity integer NOT NULL)") {

		@Override
		Change change() {
			return Change.version("12", "add_total")
				.operation(AddColumn.of("line", "total", "numeric(12,2)").filledBy("price * quantity").withNotNull())
				.build();
		}

	},

	RENAME_COLUMN("rename-column", "V12__mail_is_email.yaml",
			"CREATE TABLE customer (id bigint PRIMARY KEY, mail text NOT NULL DEFAULT 'none')") {

		@Override
		Change change() {
			return Change.version("12", "mail_is_email")
				.operation(RenameColumn.of("customer", "mail", "email"))
				.build();
		}

	},

	CHANGE_COLUMN_TYPE("change-column-type", "V12__created_at.yaml",
			"CREATE TABLE orders (id bigint PRIMARY KEY, created_epoch bigint)") {

		@Override
		Change change() {
			return Change.version("12", "created_at")
				.operation(ChangeColumnType.of("orders", "created_epoch", "created_at", "timestamptz",
						"to_timestamp(created_epoch)", "extract(epoch FROM created_at)::bigint"))
				.build();
		}

	},

	SET_NOT_NULL("set-not-null", "V12__every_customer_has_a_name.yaml",
			"CREATE TABLE customer (id bigint PRIMARY KEY, name text)") {

		@Override
		Change change() {
			return Change.version("12", "every_customer_has_a_name")
				.operation(SetNotNull.of("customer", "name").replacingNullBy("'customer ' || id"))
				.build();
		}

	},

	EXTRACT_JSON_ARRAY("extract-json-array", "V12__split_order_items.yaml",
			"CREATE TABLE orders (id bigint PRIMARY KEY, line_items jsonb NOT NULL DEFAULT '[]')") {

		@Override
		Change change() {
			return Change.version("12", "split_order_items")
				.operation(ExtractJsonArray
					.of("orders", "line_items", "order_items", "order_id", "position", JsonField.of("sku", "text"),
							JsonField.of("quantity", "integer", "qty"), JsonField.of("price", "numeric(10,2)"))
					.withRest("rest")
					.withIndex("sku"))
				.build();
		}

	};

	private final String name;

	private final String yaml;

	private final String table;

	OperationPage(String name, String yaml, String table) {
		this.name = name;
		this.yaml = yaml;
		this.table = table;
	}

	/**
	 * Returns the example.
	 */
	abstract Change change();

	/**
	 * Returns the change that the page shows in YAML.
	 */
	Change changeOfPage() {
		ChangeFile file = new ChangeFile("db/evolution/" + this.yaml, page().block("yaml"));
		return new ChangeReader(Operations.catalog()).read(List.of(file)).get(0).change();
	}

	Page page() {
		return Page.of("operations/%s.md".formatted(this.name));
	}

	String yaml() {
		return this.yaml;
	}

	String table() {
		return this.table;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
