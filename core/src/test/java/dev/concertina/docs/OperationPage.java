package dev.concertina.docs;

import java.util.List;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeReader;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.ConvertMoney;
import dev.concertina.operation.ConvertToBoolean;
import dev.concertina.operation.EnumToLookup;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.ExtractJsonObject;
import dev.concertina.operation.JsonField;
import dev.concertina.operation.ListToArray;
import dev.concertina.operation.MergeColumns;
import dev.concertina.operation.NewColumn;
import dev.concertina.operation.OldColumn;
import dev.concertina.operation.Operations;
import dev.concertina.operation.RenameColumn;
import dev.concertina.operation.SetNotNull;
import dev.concertina.operation.SplitColumn;
import dev.concertina.operation.SplitTable;
import dev.concertina.operation.WidenKey;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;

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

	},

	CONVERT_MONEY("convert-money", "V12__price_in_cents.yaml",
			"CREATE TABLE product (id bigint PRIMARY KEY, price double precision)") {

		@Override
		Change change() {
			return Change.version("12", "price_in_cents")
				.operation(ConvertMoney.of("product", "price", "price_cents", ConvertMoney.Unit.SMALLEST, 2))
				.build();
		}

	},

	CONVERT_TO_BOOLEAN("convert-to-boolean", "V12__is_active.yaml",
			"CREATE TABLE customer (id bigint PRIMARY KEY, active char(1) NOT NULL DEFAULT 'Y')") {

		@Override
		Change change() {
			return Change.version("12", "is_active")
				.operation(new ConvertToBoolean(TableName.of("customer"), ColumnName.of("active"),
						ColumnName.of("is_active"), List.of("Y", "y"), List.of("N", "n")))
				.build();
		}

	},

	ENUM_TO_LOOKUP("enum-to-lookup", "V12__status_table.yaml",
			"CREATE TYPE order_status AS ENUM ('new', 'sent'); CREATE TABLE orders (id bigint PRIMARY KEY, status order_status)") {

		@Override
		Change change() {
			return Change.version("12", "status_table")
				.operation(EnumToLookup.of("orders", "status", "status_label", "order_status_label"))
				.build();
		}

	},

	LIST_TO_ARRAY("list-to-array", "V12__tag_list.yaml", "CREATE TABLE product (id bigint PRIMARY KEY, tags text)") {

		@Override
		Change change() {
			return Change.version("12", "tag_list")
				.operation(ListToArray.of("product", "tags", "tag_list", "text", ","))
				.build();
		}

	},

	EXTRACT_JSON_OBJECT("extract-json-object", "V12__address_columns.yaml",
			"CREATE TABLE customer (id bigint PRIMARY KEY, address jsonb)") {

		@Override
		Change change() {
			return Change.version("12", "address_columns")
				.operation(ExtractJsonObject
					.of("customer", "address", JsonField.of("city", "text"), JsonField.of("postcode", "text", "zip"))
					.withRest("address_rest"))
				.build();
		}

	},

	MERGE_COLUMNS("merge-columns", "V12__visited_at.yaml",
			"CREATE TABLE visit (id bigint PRIMARY KEY, visited_on date, visited_when time)") {

		@Override
		Change change() {
			return Change.version("12", "visited_at")
				.operation(
						MergeColumns.of("visit", NewColumn.of("visited_at", "timestamp", "visited_on + visited_when"),
								OldColumn.of("visited_on", "visited_at::date"),
								OldColumn.of("visited_when", "visited_at::time")))
				.build();
		}

	},

	SPLIT_COLUMN("split-column", "V12__first_and_last_name.yaml",
			"CREATE TABLE customer (id bigint PRIMARY KEY, name text)") {

		@Override
		Change change() {
			return Change.version("12", "first_and_last_name")
				.operation(SplitColumn.of("customer", "name", "concat_ws(' ', first_name, last_name)",
						NewColumn.of("first_name", "text", "split_part(name, ' ', 1)"),
						NewColumn.of("last_name", "text", "nullif(split_part(name, ' ', 2), '')")))
				.build();
		}

	},

	SPLIT_TABLE("split-table", "V12__customer_address.yaml",
			"CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL, street text, city text)") {

		@Override
		Change change() {
			return Change.version("12", "customer_address")
				.operation(SplitTable.of("customer", "customer_address", "street", "city"))
				.build();
		}

	},

	WIDEN_KEY("widen-key", "V12__order_ids_are_bigint.yaml",
			"CREATE TABLE orders (id serial PRIMARY KEY); CREATE TABLE item (order_id int NOT NULL REFERENCES orders, n int, PRIMARY KEY (order_id, n))") {

		@Override
		Change change() {
			return Change.version("12", "order_ids_are_bigint").operation(WidenKey.of("orders", "id")).build();
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
