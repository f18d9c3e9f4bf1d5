package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A list in a column that becomes a table with a row an element.
 *
 * @param parent the table with the list
 * @param key its key
 * @param made the table that is made
 * @param mapping how both are the same
 * @param indexes columns of the table that get an index each, built after the copy
 */
record ListToRows(Table parent, Column key, Table made, ListMapping mapping, List<ColumnName> indexes) {

	ListToRows {
		indexes = List.copyOf(indexes);
	}

	/**
	 * Refuse a column that is there twice, and an index of one that is not.
	 */
	static void requireColumns(TableName into, List<ColumnName> names, List<ColumnName> indexes) {
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
	 * Return the key of a table, which must have one column.
	 */
	static Column key(Table parent, TableName into) {
		if (parent.primaryKey().size() != 1) {
			throw new InvalidDefinitionException(
					"Table %s has a primary key of %d columns".formatted(parent.name(), parent.primaryKey().size()),
					"The rows of %s need a parent with a key of one column.".formatted(into));
		}
		return parent.column(parent.primaryKey().get(0));
	}

	Schema compile(Schema before, PlanBuilder plan) {
		ArrayTriggers triggers = ArrayTriggers.bothWays(plan, this.parent, this.key, this.mapping);
		DualWrite sync = triggers.dualWrite();
		List<String> rights = before.catalog().objects().rights(this.parent.name(), List.of(list()), this.made.name());
		plan.expand(NewTable.create(before, plan, this.made, rights))
			.writableByApplication()
			.dualWrite(sync, triggers.narrow())
			.backfill(copy());
		RowSecurity.noteMove(before, plan, this.parent.name(), this.made.name());
		this.indexes.forEach((column) -> index(column).steps(before).forEach(plan::afterBackfill));
		ForeignKey reference = ForeignKey.deferred(this.made, List.of(this.mapping.parentKey()), this.parent,
				List.of(this.key.name()));
		reference.steps(before).forEach(plan::afterBackfill);
		Names names = new Names(plan);
		ListMapping retired = this.mapping.withDocument(names.retired(list()));
		Retirement retirement = new Retirement(this.parent, List.of(list()), names, List.of(sync),
				List.of(ArrayTriggers.backward(plan, this.parent, this.key, retired).dualWrite()))
			.withoutValues(plan);
		List<TableLock> locks = sync.tables().stream().map(TableLock::exclusive).toList();
		plan.afterBackfill(Statistics.of(this.made))
			.verify(compareLists())
			.verify(findOrphans())
			.contract(retirement.retire(locks, List.of(), List.of()))
			.contract(Ddl.destructive("drop column %s.%s".formatted(this.parent.name(), list()), locks,
					Stream.concat(Stream.of(reference.atOnce()), retirement.drop().stream()).toList()));
		return before.with(this.made).with(this.parent.without(list()));
	}

	private ColumnName list() {
		return this.mapping.document().name();
	}

	private Backfill copy() {
		String id = this.key.name().of(Row.SOURCE);
		RangedSql lock = new RangedSql("SELECT count(*) FROM (SELECT FROM", " WHERE", "",
				" FOR NO KEY UPDATE) AS locked");
		// The offset keeps the planner from a join that reads the whole new table in each
		// batch, as it likes to before there are statistics
		RangedSql insert = new RangedSql(
				"INSERT INTO %s (%s) SELECT %s FROM".formatted(this.made.name().quoted(), this.mapping.columns(),
						this.mapping.values(id)),
				" CROSS JOIN LATERAL %s WHERE".formatted(this.mapping.elements(list().of(Row.SOURCE))),
				"NOT EXISTS (SELECT FROM %s AS c WHERE c.%s = %s OFFSET 0)".formatted(this.made.name().quoted(),
						this.mapping.parentKey().quoted(), id));
		return new Backfill("copy %s.%s to %s".formatted(this.parent.name(), list(), this.made.name()),
				this.parent.name(), List.of(lock, insert));
	}

	private IndexBuild index(ColumnName column) {
		return new IndexBuild(this.made, Identifier.derived(this.made.name().name(), column.value(), "idx"), false,
				"(%s)".formatted(column.quoted()));
	}

	private Check compareLists() {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN wanted.form::text IS NOT DISTINCT FROM actual.form::text THEN NULL
				            WHEN actual.form IS NULL THEN 'missing'
				            ELSE 'different' END AS difference
				  FROM""".formatted(RowSql.key(this.parent));
		return new Check("the rows of %s equal %s.%s".formatted(this.made.name(), this.parent.name(), list()),
				this.parent.name(), new RangedSql(comparison, forms(), ""))
			.repairedBy(repair());
	}

	private String forms() {
		return " CROSS JOIN LATERAL (SELECT %s AS form) AS wanted CROSS JOIN LATERAL (SELECT %s AS form) AS actual WHERE"
			.formatted(this.mapping.normalDocument(list().of(Row.SOURCE)),
					this.mapping.normalRows(this.key.name().of(Row.SOURCE)));
	}

	/**
	 * The rows of a list that differs are made anew.
	 */
	private List<RangedSql> repair() {
		List<RangedSql> statements = new ArrayList<>(copy().statements());
		statements.add(1,
				new RangedSql(
						"DELETE FROM %s WHERE %s IN (SELECT %s FROM".formatted(this.made.name().quoted(),
								this.mapping.parentKey().quoted(), this.key.name().of(Row.SOURCE)),
						forms(), "wanted.form::text IS DISTINCT FROM actual.form::text", ")"));
		return statements;
	}

	private Check findOrphans() {
		String orphan = "NOT EXISTS (SELECT FROM %s AS p WHERE p.%s = %s)".formatted(this.parent.name().quoted(),
				this.key.name().quoted(), this.mapping.parentKey().of(Row.SOURCE));
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN %s THEN 'extra' END AS difference
				  FROM""".formatted(RowSql.key(this.made), orphan);
		return new Check("every row of %s has its parent".formatted(this.made.name()), this.made.name(),
				new RangedSql(comparison, " WHERE", ""))
			.repairedBy(List.of(new RangedSql("DELETE FROM", " WHERE", orphan)));
	}

}
