package dev.concertina.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
import dev.concertina.schema.Table;

/**
 * Columns of a table, and the same columns in another table with at most one row for each
 * of its rows, kept in step in both directions. No row, and a row of NULLs, are the same.
 *
 * <ol>
 * <li>A write of the parent is carried to its row; a truncate as well.</li>
 * <li>Before a row is written, its parent is locked, so that both directions queue at one
 * place; a row without parent is refused, as a foreign key would do.</li>
 * <li>After a row was written it is carried to its parent.</li>
 * </ol>
 *
 * <p>
 * What becomes of rows that were not copied yet, and of those that are taken away,
 * depends on which side is the new one: see {@link IntoNewRows}, {@link IntoExistingRows}
 * and {@link IntoParents}.
 *
 * @param parent the table with the key
 * @param key the key of the parent
 * @param child the table with a row for a row of the parent
 * @param childKey the columns of it that hold the key
 * @param columns the columns that are in both tables, as they are called in the child
 * @param parentColumns what they are called in the parent
 */
record RowPair(Table parent, List<ColumnName> key, Table child, List<ColumnName> childKey, List<Column> columns,
		List<ColumnName> parentColumns) {

	RowPair {
		key = List.copyOf(key);
		childKey = List.copyOf(childKey);
		columns = List.copyOf(columns);
		parentColumns = List.copyOf(parentColumns);
	}

	RowPair(Table parent, List<ColumnName> key, Table child, List<ColumnName> childKey, List<Column> columns) {
		this(parent, key, child, childKey, columns, columns.stream().map(Column::name).toList());
	}

	/**
	 * Return the triggers that let the columns of the parent, under other names, follow
	 * the child. Its row is locked first, as ever.
	 */
	DualWrite parentFollows(PlanBuilder plan, Names names) {
		RowPair retired = new RowPair(this.parent, this.key, this.child, this.childKey, this.columns,
				this.parentColumns.stream().map(names::retired).toList());
		SqlTemplate template = retired.template(plan, Map.of(), Map.of("take over", "", "left",
				RowPairFunctions.PARENT_HAS_NULLS, "all left", RowPairFunctions.ALL_PARENTS_HAVE_NULLS));
		return new CrossTableTriggers(plan).function("row", template.filled(RowPairFunctions.BEFORE_ROW))
			.function("to_parent", template.filled(RowPairFunctions.TO_PARENT))
			.function("truncate", template.filled(RowPairFunctions.TRUNCATE))
			.eachRow(this.child.name(), "row", "BEFORE INSERT OR UPDATE OR DELETE", "row")
			.eachRow(this.child.name(), "after_row", "AFTER INSERT OR UPDATE OR DELETE", "to_parent")
			.eachStatement(this.child.name(), "truncate", "AFTER TRUNCATE", "truncate")
			.dualWrite(
					"let %s.%s follow %s".formatted(this.parent.name(), list(retired.parentColumns), this.child.name()),
					this.parent.name(), this.child.name());
	}

	/**
	 * Return the functions of both directions, and the triggers that call them.
	 * @param more words beside those of every pair
	 * @param rules words that are made of others
	 */
	CrossTableTriggers triggers(PlanBuilder plan, Map<String, String> more, Map<String, String> rules) {
		SqlTemplate template = template(plan, more, rules);
		return new CrossTableTriggers(plan).function("to_child", template.filled(RowPairFunctions.TO_CHILD))
			.function("row", template.filled(RowPairFunctions.BEFORE_ROW))
			.function("to_parent", template.filled(RowPairFunctions.TO_PARENT))
			.function("truncate", template.filled(RowPairFunctions.TRUNCATE))
			.eachRow(this.parent.name(), "parent_insert", "AFTER INSERT", "to_child")
			.eachRow(this.parent.name(), "parent_update", "AFTER UPDATE", "to_child")
			.eachStatement(this.parent.name(), "parent_truncate", "AFTER TRUNCATE", "truncate")
			.eachRow(this.child.name(), "row", "BEFORE INSERT OR UPDATE OR DELETE", "row")
			.eachRow(this.child.name(), "after_row", "AFTER INSERT OR UPDATE OR DELETE", "to_parent")
			.eachStatement(this.child.name(), "truncate", "AFTER TRUNCATE", "truncate");
	}

	/**
	 * Add the triggers to a plan.
	 * @param narrowed what else keeps them from firing once all rows are copied
	 */
	DualWrite keepInStep(PlanBuilder plan, CrossTableTriggers triggers, List<String> narrowed) {
		DualWrite sync = triggers.dualWrite("keep %s and %s in step".formatted(this.parent.name(), this.child.name()),
				this.parent.name(), this.child.name());
		List<String> statements = new ArrayList<>(narrowed);
		statements.add(triggers.narrowed(this.parent.name(), "parent_update", "AFTER UPDATE", changed(), "to_child"));
		plan.dualWrite(sync, Ddl.of("synchronise only writes of %s that change a side".formatted(this.parent.name()),
				List.of(TableLock.againstWrites(this.parent.name())), statements, sync.drop()));
		return sync;
	}

	/**
	 * Return the condition that a statement changes what the row of a parent has.
	 */
	String changed() {
		return "(%s OR %s)".formatted(RowSql.changed(this.columns), keyChanged());
	}

	/**
	 * Return the condition that a statement gives a parent another key.
	 */
	String keyChanged() {
		return "(%s) IS DISTINCT FROM (%s)".formatted(list(this.key, "OLD"), list(this.key, "NEW"));
	}

	/**
	 * Return what fills the words of every pair into a template.
	 * @param more words beside those of every pair
	 * @param rules words that are made of others
	 */
	SqlTemplate template(PlanBuilder plan, Map<String, String> more, Map<String, String> rules) {
		Map<String, String> words = words(plan);
		words.putAll(more);
		SqlTemplate known = new SqlTemplate(words);
		rules.forEach((word, text) -> words.put(word, known.filled(text)));
		return new SqlTemplate(words);
	}

	private Map<String, String> words(PlanBuilder plan) {
		return new HashMap<>(Map.ofEntries(Map.entry("echo on", CrossTableTriggers.echoOn(plan)),
				Map.entry("echo off", CrossTableTriggers.echoOff()), Map.entry("parent", this.parent.name().quoted()),
				Map.entry("parent name", Identifier.literal(this.parent.name().toString())),
				Map.entry("child", this.child.name().quoted()),
				Map.entry("child regclass", this.child.name().literal()), Map.entry("child key", list(this.childKey)),
				Map.entry("columns", list(names())), Map.entry("parent columns", list(this.parentColumns)),
				Map.entry("OLD key", list(this.key, "OLD")), Map.entry("NEW key", list(this.key, "NEW")),
				Map.entry("p key", list(this.key, "p")), Map.entry("c key", list(this.childKey, "c")),
				Map.entry("OLD child key", list(this.childKey, "OLD")),
				Map.entry("NEW child key", list(this.childKey, "NEW")),
				Map.entry("row columns", list(names(), RowPairFunctions.ROW)),
				Map.entry("row key", list(this.key, RowPairFunctions.ROW)),
				Map.entry("row child key", list(this.childKey, RowPairFunctions.ROW)),
				Map.entry("p columns", list(this.parentColumns, "p")),
				Map.entry("row is null", areNull(RowPairFunctions.ROW)),
				Map.entry("OLD is null", areNull(this.parentColumns, "OLD")),
				Map.entry("p is null", areNull(this.parentColumns, "p")),
				Map.entry("nulls",
						IntStream.range(0, this.columns.size())
							.mapToObj((number) -> "NULL")
							.collect(Collectors.joining(", "))),
				Map.entry("child differs", RowSql.different(list(names(), "c"), list(names(), RowPairFunctions.ROW))),
				Map.entry("parent differs",
						RowSql.different(list(this.parentColumns, "p"), list(names(), RowPairFunctions.ROW))),
				Map.entry("take over from parent", givenOr("concertina_parent")),
				Map.entry("take over from child", givenOr("concertina_child"))));
	}

	/** What was not given comes from another row. */
	private String givenOr(String row) {
		return joined(names(),
				(name) -> "%1$s := coalesce(%1$s, %2$s.%3$s);".formatted(name.of(Row.NEW), row, name.quoted()),
				"\n    ");
	}

	/**
	 * Return the statement of a batch that locks the parents, at which all writers of a
	 * pair queue.
	 * @param concerned the condition on the parents
	 */
	RangedSql lockParents(String concerned) {
		return new RangedSql("SELECT count(*) FROM (SELECT FROM", " WHERE", concerned, " FOR NO KEY UPDATE) AS locked");
	}

	/**
	 * Return the comparison of the parents with their rows.
	 * @param newSide the row that is the copy, {@code source} or {@code c}
	 */
	Check compareParents(String newSide) {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN %s THEN NULL
				            WHEN %s THEN 'missing'
				            ELSE 'different' END AS difference
				  FROM""".formatted(RowSql.key(this.parent), RowSql.same(list(names(), "source"), list(names(), "c")),
				areNull(newSide));
		String join = " LEFT JOIN %s AS c ON %s WHERE".formatted(this.child.name().quoted(), isRowOfSource());
		return new Check("the rows of %s equal those of %s".formatted(this.child.name(), this.parent.name()),
				this.parent.name(), new RangedSql(comparison, join, ""));
	}

	/**
	 * Return the statement that gives rows of the child that differ what their parents
	 * have.
	 */
	RangedSql correctChildren() {
		return new RangedSql(
				"UPDATE %s AS c SET (%s) = ROW(%s) FROM".formatted(this.child.name().quoted(), list(names()),
						list(names(), "source")),
				" WHERE",
				"%s AND %s".formatted(isRowOfSource(), RowSql.different(list(names(), "source"), list(names(), "c"))));
	}

	/**
	 * Return the condition that {@code c} is the row of {@code source}.
	 */
	String isRowOfSource() {
		return "(%s) = (%s)".formatted(list(this.childKey, "c"), list(this.key, "source"));
	}

	List<ColumnName> names() {
		return this.columns.stream().map(Column::name).toList();
	}

	String areNull(String row) {
		return areNull(names(), row);
	}

	private static String areNull(List<ColumnName> names, String row) {
		return joined(names, (name) -> "%s.%s IS NULL".formatted(row, name.quoted()), " AND ");
	}

	static String list(List<ColumnName> names) {
		return joined(names, ColumnName::quoted, ", ");
	}

	static String list(List<ColumnName> names, String row) {
		return joined(names, (name) -> row + "." + name.quoted(), ", ");
	}

	static String joined(List<ColumnName> names, Function<ColumnName, String> text, String separator) {
		return names.stream().map(text).collect(Collectors.joining(separator));
	}

}
