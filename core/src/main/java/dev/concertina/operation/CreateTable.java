package dev.concertina.operation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Plan;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Makes a table, at the expand; later operations of the same change can use it.
 *
 * @param name its name
 * @param columns its columns
 * @param primaryKey the columns of its primary key; none if a convention brings it
 * @param conventions the columns that the tables of the team have by convention
 */
public record CreateTable(TableName name, List<TableColumn> columns, List<ColumnName> primaryKey,
		List<TableConvention> conventions) implements Operation {

	public CreateTable {
		columns = List.copyOf(columns);
		primaryKey = List.copyOf(primaryKey);
		conventions = conventions.stream().distinct().sorted().toList();
		requireDistinct(name, columns, conventions);
		requireOneKey(name, primaryKey, conventions);
	}

	/**
	 * Return the operation.
	 * @param name the name of the table
	 * @param columns its columns
	 * @return the operation
	 */
	public static CreateTable of(String name, TableColumn... columns) {
		return new CreateTable(TableName.of(name), List.of(columns), List.of(), List.of());
	}

	/**
	 * Return the operation with a primary key.
	 * @param key the columns of the key
	 * @return the operation
	 */
	public CreateTable withPrimaryKey(String... key) {
		return new CreateTable(this.name, this.columns, Stream.of(key).map(ColumnName::of).toList(), this.conventions);
	}

	/**
	 * Return the operation with columns by convention.
	 * @param names the conventions
	 * @return the operation
	 */
	public CreateTable withConventions(TableConvention... names) {
		return new CreateTable(this.name, this.columns, this.primaryKey, List.of(names));
	}

	private static void requireDistinct(TableName name, List<TableColumn> columns, List<TableConvention> conventions) {
		Set<ColumnName> names = new HashSet<>();
		Stream.concat(columns.stream().map(TableColumn::name), conventions.stream().map(TableConvention::column))
			.forEach((column) -> {
				if (!names.add(column)) {
					throw new InvalidDefinitionException("Table %s would have two columns %s".formatted(name, column),
							"Remove one of them; a convention brings a column, too.");
				}
			});
	}

	private static void requireOneKey(TableName name, List<ColumnName> key, List<TableConvention> conventions) {
		if (!key.isEmpty() && conventions.stream().anyMatch(TableConvention::isKey)) {
			throw new InvalidDefinitionException("Table %s would have two primary keys".formatted(name),
					"Remove 'primaryKey', or the convention that brings one.");
		}
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table table = table(before, Requirements.newName(before, this.name));
		Identifier function = Identifier.derived(table.name().name(), "set_updated_at");
		List<String> statements = new ArrayList<>(List.of(create(table)));
		List<String> undo = new ArrayList<>(List.of("DROP TABLE IF EXISTS " + table.name().quoted()));
		this.columns.stream().flatMap((column) -> comment(table, column)).forEach(statements::add);
		if (this.conventions.contains(TableConvention.UPDATED_AT)) {
			UpdatedAt trigger = new UpdatedAt(table.name(), new TableName(table.name().schema(), function.value()));
			statements.addAll(trigger.create());
			undo.add(trigger.drop());
		}
		before.catalog()
			.rehearsal(Requirements.madeBefore(plan))
			.objection(statements.toArray(String[]::new))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException("Table %s can't be made: %s".formatted(table.name(), objection),
						"Correct its columns.");
			});
		plan.expand(Ddl.of("create table %s".formatted(table.name()), List.of(), statements, undo));
		return before.with(table);
	}

	private Table table(Schema before, TableName qualified) {
		List<ColumnName> key = this.conventions.stream()
			.filter(TableConvention::isKey)
			.map(TableConvention::column)
			.findFirst()
			.map(List::of)
			.orElse(this.primaryKey);
		Table empty = new Table(qualified, Table.Kind.ORDINARY, List.of(), List.of());
		List<Column> all = Stream
			.of(conventions(true).map(TableConvention::asColumn),
					this.columns.stream().map((column) -> column.column(before, empty)),
					conventions(false).map(TableConvention::asColumn))
			.flatMap((part) -> part)
			.map((column) -> key.contains(column.name()) ? column.withNullable(false) : column)
			.toList();
		Table table = new Table(qualified, Table.Kind.ORDINARY, all, key);
		key.forEach(table::column);
		if (all.isEmpty()) {
			throw new InvalidDefinitionException("Table %s would have no column".formatted(qualified),
					"List its columns under 'columns'.");
		}
		return table;
	}

	private Stream<TableConvention> conventions(boolean keys) {
		return this.conventions.stream().filter((convention) -> convention.isKey() == keys);
	}

	private String create(Table table) {
		Stream<String> key = table.primaryKey().isEmpty() ? Stream.of()
				: Stream.of(table.primaryKey()
					.stream()
					.map(ColumnName::quoted)
					.collect(Collectors.joining(", ", "PRIMARY KEY (", ")")));
		return Stream
			.of(conventions(true).map(TableConvention::sql), this.columns.stream().map(TableColumn::sql),
					conventions(false).map(TableConvention::sql), key)
			.flatMap((part) -> part)
			.collect(Collectors.joining(",\n  ", "CREATE TABLE %s (\n  ".formatted(table.name().quoted()), "\n)"));
	}

	private static Stream<String> comment(Table table, TableColumn column) {
		return Optional.ofNullable(column.comment())
			.map((text) -> SetComment.comment("COLUMN %s.%s".formatted(table.name().quoted(), column.name().quoted()),
					Optional.of(text)))
			.stream();
	}

	/**
	 * The trigger that sets {@code updated_at}, with a function of its own, so that
	 * nothing is left or missing when either is dropped. To copy rows in the background
	 * is no update.
	 */
	private record UpdatedAt(TableName table, TableName function) {

		List<String> create() {
			return List.of("""
					CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$
					BEGIN
					  NEW.updated_at := pg_catalog.now();
					  RETURN NEW;
					END
					$$""".formatted(this.function.quoted()),
					"CREATE TRIGGER set_updated_at BEFORE UPDATE ON %s FOR EACH ROW WHEN (coalesce(current_setting('%s', true), '') = '') EXECUTE FUNCTION %s()"
						.formatted(this.table.quoted(), Plan.BATCH_SETTING, this.function.quoted()));
		}

		String drop() {
			return "DROP FUNCTION IF EXISTS %s()".formatted(this.function.quoted());
		}

	}

}
