package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Turns a column that holds a JSON array of objects into a table with a row an element.
 *
 * @param table the table with the array; its primary key has one column
 * @param column the column with the array, {@code json} or {@code jsonb}
 * @param into the table to make
 * @param parentKey its column with the key of the parent row
 * @param ordinal its column with the place in the array, counted from 1
 * @param columns its columns for the keys of the objects
 * @param rest its column for all other keys; without it, an element with another key
 * keeps the change from its contract
 * @param indexes columns of it that get an index each, built after the copy
 */
public record ExtractJsonArray(TableName table, ColumnName column, TableName into, ColumnName parentKey,
		ColumnName ordinal, List<JsonField> columns, @Nullable ColumnName rest,
		List<ColumnName> indexes) implements Operation {

	public ExtractJsonArray {
		columns = List.copyOf(columns);
		indexes = List.copyOf(indexes);
		if (columns.isEmpty()) {
			throw new InvalidDefinitionException("Table %s gets no column for the keys of %s".formatted(into, column),
					"List at least one under 'columns'.");
		}
		List<ColumnName> names = new ArrayList<>(List.of(parentKey, ordinal));
		columns.forEach((field) -> names.add(field.name()));
		if (rest != null) {
			names.add(rest);
		}
		if (names.stream().distinct().count() < names.size()) {
			throw new InvalidDefinitionException("Table %s gets a column twice: %s".formatted(into, names),
					"Give each column a name of its own.");
		}
		indexes.stream().filter((name) -> !names.contains(name)).findFirst().ifPresent((name) -> {
			throw new InvalidDefinitionException("Table %s has no column %s to index".formatted(into, name),
					"Use one of %s.".formatted(names));
		});
	}

	/**
	 * Return the operation without a column for the rest and without indexes.
	 * @param table the table with the array
	 * @param column the column with the array
	 * @param into the table to make
	 * @param parentKey its column with the key of the parent row
	 * @param ordinal its column with the place in the array
	 * @param columns its columns for the keys of the objects
	 * @return the operation
	 */
	public static ExtractJsonArray of(String table, String column, String into, String parentKey, String ordinal,
			JsonField... columns) {
		return new ExtractJsonArray(TableName.of(table), ColumnName.of(column), TableName.of(into),
				ColumnName.of(parentKey), ColumnName.of(ordinal), List.of(columns), null, List.of());
	}

	/**
	 * Return the operation with a column for the keys that have none.
	 * @param name the column, which will be {@code jsonb}
	 * @return the operation
	 */
	public ExtractJsonArray withRest(String name) {
		return new ExtractJsonArray(this.table, this.column, this.into, this.parentKey, this.ordinal, this.columns,
				ColumnName.of(name), this.indexes);
	}

	/**
	 * Return the operation with one more index.
	 * @param name the column to index
	 * @return the operation
	 */
	public ExtractJsonArray withIndex(String name) {
		List<ColumnName> all = new ArrayList<>(this.indexes);
		all.add(ColumnName.of(name));
		return new ExtractJsonArray(this.table, this.column, this.into, this.parentKey, this.ordinal, this.columns,
				this.rest, all);
	}

	@Override
	public Schema compile(Schema before, Plan.Builder plan) {
		Table parent = before.table(this.table);
		Column document = parent.column(this.column);
		Requirements.json(parent, document);
		Requirements.alone(plan, parent, this.column);
		Requirements.chunks(parent);
		Requirements.replaceable(before, parent, document);
		Column key = key(parent);
		TableName child = this.into.besides(parent.name());
		Requirements.free(before, child);
		Table made = new Table(child, Table.Kind.ORDINARY, childColumns(before, key),
				List.of(this.parentKey, this.ordinal));
		ArrayMapping mapping = new ArrayMapping(document, child, this.parentKey, this.ordinal, this.columns, this.rest);
		ArrayTriggers triggers = new ArrayTriggers(plan, parent, key, mapping);
		DualWrite sync = triggers.dualWrite();
		List<String> rights = before.catalog().objects().rights(parent.name(), List.of(this.column), child);
		plan.expand(NewTable.create(before, plan, made, rights))
			.dualWrite(sync, triggers.narrow())
			.backfill(copy(parent, key, mapping));
		this.indexes.forEach((column) -> index(made, column).steps(before).forEach(plan::afterBackfill));
		ForeignKeyBuild reference = ForeignKeyBuild.deferred(made, List.of(this.parentKey), parent,
				List.of(key.name()));
		reference.steps().forEach(plan::afterBackfill);
		plan.afterBackfill(Statistics.of(made))
			.verify(compareArrays(parent, key, mapping))
			.verify(findOrphans(parent, key, made))
			.contract(dropColumn(parent, sync, reference));
		return before.with(made).with(parent.without(this.column));
	}

	private Column key(Table parent) {
		if (parent.primaryKey().size() != 1) {
			throw new InvalidDefinitionException(
					"Table %s has a primary key of %d columns".formatted(parent.name(), parent.primaryKey().size()),
					"The rows of %s need a parent with a key of one column.".formatted(this.into));
		}
		return parent.column(parent.primaryKey().get(0));
	}

	private List<Column> childColumns(Schema schema, Column key) {
		List<Column> all = new ArrayList<>();
		all.add(schema.newColumn(this.parentKey, key.type()).withNullable(false));
		all.add(schema.newColumn(this.ordinal, SqlType.of("integer")).withNullable(false));
		this.columns.forEach((field) -> all.add(schema.newColumn(field.name(), field.type())));
		if (this.rest != null) {
			all.add(schema.newColumn(this.rest, SqlType.of("jsonb")));
		}
		return all;
	}

	private static Backfill copy(Table parent, Column key, ArrayMapping mapping) {
		String id = key.name().of(Row.SOURCE);
		String document = mapping.document().name().of(Row.SOURCE);
		RangedSql lock = new RangedSql("SELECT count(*) FROM (SELECT FROM", " WHERE", "",
				" FOR NO KEY UPDATE) AS locked");
		// The offset keeps the planner from a join that reads the whole new table in each
		// batch, as it likes to before there are statistics
		RangedSql insert = new RangedSql(
				"INSERT INTO %s (%s) SELECT %s FROM".formatted(mapping.child().quoted(), mapping.columns(),
						mapping.values(id)),
				" CROSS JOIN LATERAL %s WHERE".formatted(mapping.elements(document)),
				"NOT EXISTS (SELECT FROM %s AS c WHERE c.%s = %s OFFSET 0)".formatted(mapping.child().quoted(),
						mapping.parentKey().quoted(), id));
		return new Backfill("copy %s.%s to %s".formatted(parent.name(), mapping.document().name(), mapping.child()),
				parent.name(), List.of(lock, insert));
	}

	private static IndexBuild index(Table made, ColumnName column) {
		return new IndexBuild(made, Identifier.derived(made.name().name(), column.value(), "idx"), false,
				"(%s)".formatted(column.quoted()));
	}

	private static Check compareArrays(Table parent, Column key, ArrayMapping mapping) {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN wanted.form::text IS NOT DISTINCT FROM actual.form::text THEN NULL
				            WHEN actual.form IS NULL THEN 'missing'
				            ELSE 'different' END AS difference
				  FROM""".formatted(RowSql.key(parent));
		String forms = " CROSS JOIN LATERAL (SELECT %s AS form) AS wanted CROSS JOIN LATERAL (SELECT %s AS form) AS actual WHERE"
			.formatted(mapping.normalDocument(mapping.document().name().of(Row.SOURCE)),
					mapping.normalRows(key.name().of(Row.SOURCE)));
		return new Check(
				"the rows of %s equal %s.%s".formatted(mapping.child(), parent.name(), mapping.document().name()),
				parent.name(), new RangedSql(comparison, forms, ""));
	}

	private Check findOrphans(Table parent, Column key, Table made) {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN NOT EXISTS (SELECT FROM %s AS p WHERE p.%s = %s) THEN 'extra' END AS difference
				  FROM""".formatted(RowSql.key(made), parent.name().quoted(), key.name().quoted(),
				this.parentKey.of(Row.SOURCE));
		return new Check("every row of %s has its parent".formatted(made.name()), made.name(),
				new RangedSql(comparison, " WHERE", ""));
	}

	private Ddl dropColumn(Table parent, DualWrite sync, ForeignKeyBuild reference) {
		List<String> statements = new ArrayList<>(sync.drop());
		statements.add(reference.atOnce());
		statements
			.add("ALTER TABLE %s DROP COLUMN IF EXISTS %s".formatted(parent.name().quoted(), this.column.quoted()));
		return Ddl.destructive("drop column %s.%s".formatted(parent.name(), this.column),
				sync.tables().stream().map(TableLock::exclusive).toList(), statements);
	}

}
