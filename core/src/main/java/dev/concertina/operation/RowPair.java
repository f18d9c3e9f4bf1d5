package dev.concertina.operation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
import dev.concertina.schema.Table;

/**
 * Columns of a table, and the same columns in another table with at most one row for each
 * of its rows, kept in step in both directions. No row, and a row of NULLs, are the same.
 *
 * <ol>
 * <li>A write of the parent is carried to its row; a delete, a truncate and a change of
 * the key as well.</li>
 * <li>Before a row is written, its parent is locked, so that both directions queue at one
 * place; a row without parent is refused, as a foreign key would do. A new row of a
 * parent that was not copied yet takes from it what it was not given.</li>
 * <li>After a row was written it is carried to its parent; with the row gone, the parent
 * has NULLs.</li>
 * </ol>
 *
 * @param parent the table with the key
 * @param key the key of the parent
 * @param child the table with a row for a row of the parent
 * @param childKey the columns of it that hold the key
 * @param columns the columns that are in both tables
 */
record RowPair(Table parent, List<ColumnName> key, Table child, List<ColumnName> childKey, List<Column> columns) {

	private static final String TO_CHILD = """
			BEGIN
			  «echo on»
			  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND («OLD key») IS DISTINCT FROM («NEW key»)) THEN
			    DELETE FROM «child» AS c WHERE («c key») = («OLD key»);
			  END IF;
			  IF TG_OP <> 'DELETE' THEN
			    UPDATE «child» AS c SET («columns») = ROW(«NEW columns»)
			     WHERE («c key») = («NEW key») AND «child differs»;
			    IF NOT («NEW is null») THEN
			      INSERT INTO «child» («child key», «columns») VALUES («NEW key», «NEW columns»)
			      ON CONFLICT («child key») DO NOTHING;
			    END IF;
			  END IF;
			  «echo off»
			  RETURN NULL;
			END""";

	private static final String BEFORE_ROW = """
			DECLARE
			  concertina_parent «parent»%ROWTYPE;
			BEGIN
			  IF TG_OP <> 'INSERT' THEN
			    PERFORM FROM «parent» AS p WHERE («p key») = («OLD child key») FOR NO KEY UPDATE;
			  END IF;
			  IF TG_OP = 'DELETE' THEN
			    RETURN OLD;
			  END IF;
			  SELECT p.* INTO concertina_parent FROM «parent» AS p WHERE («p key») = («NEW child key») FOR NO KEY UPDATE;
			  IF NOT FOUND THEN
			    RAISE foreign_key_violation
			      USING MESSAGE = format('no row of %s has the key %s', «parent name», ROW(«NEW child key»)::text);
			  END IF;
			  IF TG_OP = 'INSERT' AND current_setting('concertina.writes', true) IS DISTINCT FROM 'new' THEN
			    «take over»
			  END IF;
			  RETURN NEW;
			END""";

	private static final String TO_PARENT = """
			BEGIN
			  «echo on»
			  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND («OLD child key») IS DISTINCT FROM («NEW child key»)) THEN
			    UPDATE «parent» AS p SET («columns») = ROW(«nulls»)
			     WHERE («p key») = («OLD child key») AND NOT («p is null»);
			  END IF;
			  IF TG_OP <> 'DELETE' THEN
			    UPDATE «parent» AS p SET («columns») = ROW(«NEW columns»)
			     WHERE («p key») = («NEW child key») AND «parent differs»;
			  END IF;
			  «echo off»
			  RETURN NULL;
			END""";

	private static final String TRUNCATE = """
			BEGIN
			  «echo on»
			  IF TG_RELID = «child regclass»::regclass THEN
			    UPDATE «parent» AS p SET («columns») = ROW(«nulls») WHERE NOT («p is null»);
			  ELSE
			    DELETE FROM «child»;
			  END IF;
			  «echo off»
			  RETURN NULL;
			END""";

	RowPair {
		key = List.copyOf(key);
		childKey = List.copyOf(childKey);
		columns = List.copyOf(columns);
	}

	/**
	 * Add triggers, copy and comparison of columns that move from the parent to the
	 * child.
	 */
	DualWrite moveDown(Plan.Builder plan) {
		CrossTableTriggers triggers = triggers(plan);
		String changed = "(%s OR (%s) IS DISTINCT FROM (%s))".formatted(RowSql.changed(this.columns),
				list(this.key, "OLD"), list(this.key, "NEW"));
		DualWrite sync = dualWrite(triggers);
		plan.dualWrite(sync,
				Ddl.of("synchronise only writes of %s that change a side".formatted(this.parent.name()),
						List.of(TableLock.againstWrites(this.parent.name())), List.of(triggers
							.narrowed(this.parent.name(), "parent_update", "AFTER UPDATE", changed, "to_child")),
						sync.drop()))
			.backfill(copyDown())
			.verify(compareParents());
		return sync;
	}

	private DualWrite dualWrite(CrossTableTriggers triggers) {
		return triggers.dualWrite("keep %s and %s in step".formatted(this.parent.name(), this.child.name()),
				this.parent.name(), this.child.name());
	}

	private CrossTableTriggers triggers(Plan.Builder plan) {
		SqlTemplate template = template(plan);
		return new CrossTableTriggers(plan).function("to_child", template.filled(TO_CHILD))
			.function("row", template.filled(BEFORE_ROW))
			.function("to_parent", template.filled(TO_PARENT))
			.function("truncate", template.filled(TRUNCATE))
			.eachRow(this.parent.name(), "parent_insert", "AFTER INSERT", "to_child")
			.eachRow(this.parent.name(), "parent_update", "AFTER UPDATE", "to_child")
			.eachRow(this.parent.name(), "parent_delete", "AFTER DELETE", "to_child")
			.eachStatement(this.parent.name(), "parent_truncate", "AFTER TRUNCATE", "truncate")
			.eachRow(this.child.name(), "row", "BEFORE INSERT OR UPDATE OR DELETE", "row")
			.eachRow(this.child.name(), "after_row", "AFTER INSERT OR UPDATE OR DELETE", "to_parent")
			.eachStatement(this.child.name(), "truncate", "AFTER TRUNCATE", "truncate");
	}

	private SqlTemplate template(Plan.Builder plan) {
		String takeOver = this.columns.stream()
			.map((column) -> "%1$s := coalesce(%1$s, concertina_parent.%2$s);".formatted(column.name().of(Row.NEW),
					column.name().quoted()))
			.collect(Collectors.joining("\n    "));
		return new SqlTemplate(Map.ofEntries(Map.entry("echo on", CrossTableTriggers.echoOn(plan)),
				Map.entry("echo off", CrossTableTriggers.echoOff()), Map.entry("parent", this.parent.name().quoted()),
				Map.entry("parent name", Identifier.literal(this.parent.name().toString())),
				Map.entry("child", this.child.name().quoted()),
				Map.entry("child regclass", this.child.name().literal()), Map.entry("child key", list(this.childKey)),
				Map.entry("columns", list(names())), Map.entry("OLD key", list(this.key, "OLD")),
				Map.entry("NEW key", list(this.key, "NEW")), Map.entry("p key", list(this.key, "p")),
				Map.entry("c key", list(this.childKey, "c")), Map.entry("OLD child key", list(this.childKey, "OLD")),
				Map.entry("NEW child key", list(this.childKey, "NEW")), Map.entry("NEW columns", list(names(), "NEW")),
				Map.entry("NEW is null", areNull("NEW")), Map.entry("p is null", areNull("p")),
				Map.entry("nulls",
						IntStream.range(0, this.columns.size())
							.mapToObj((number) -> "NULL")
							.collect(Collectors.joining(", "))),
				Map.entry("child differs", RowSql.different(list(names(), "c"), list(names(), "NEW"))),
				Map.entry("parent differs", RowSql.different(list(names(), "p"), list(names(), "NEW"))),
				Map.entry("take over", takeOver)));
	}

	private Backfill copyDown() {
		RangedSql lock = new RangedSql("SELECT count(*) FROM (SELECT FROM", " WHERE", "",
				" FOR NO KEY UPDATE) AS locked");
		RangedSql insert = new RangedSql(
				"INSERT INTO %s (%s, %s) SELECT %s, %s FROM".formatted(this.child.name().quoted(), list(this.childKey),
						list(names()), list(this.key, "source"), list(names(), "source")),
				" WHERE", "NOT (%s) AND NOT EXISTS (SELECT FROM %s AS c WHERE (%s) = (%s))".formatted(areNull("source"),
						this.child.name().quoted(), list(this.childKey, "c"), list(this.key, "source")));
		return new Backfill("copy %s.%s to %s".formatted(this.parent.name(), list(names()), this.child.name()),
				this.parent.name(), List.of(lock, insert));
	}

	private Check compareParents() {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN %s THEN NULL
				            WHEN %s THEN 'missing'
				            ELSE 'different' END AS difference
				  FROM""".formatted(RowSql.key(this.parent), RowSql.same(list(names(), "source"), list(names(), "c")),
				areNull("c"));
		String join = " LEFT JOIN %s AS c ON (%s) = (%s) WHERE".formatted(this.child.name().quoted(),
				list(this.childKey, "c"), list(this.key, "source"));
		return new Check("the rows of %s equal those of %s".formatted(this.child.name(), this.parent.name()),
				this.parent.name(), new RangedSql(comparison, join, ""));
	}

	private List<ColumnName> names() {
		return this.columns.stream().map(Column::name).toList();
	}

	private String areNull(String row) {
		return joined(names(), (name) -> "%s.%s IS NULL".formatted(row, name.quoted()), " AND ");
	}

	private static String list(List<ColumnName> names) {
		return joined(names, ColumnName::quoted, ", ");
	}

	private static String list(List<ColumnName> names, String row) {
		return joined(names, (name) -> row + "." + name.quoted(), ", ");
	}

	private static String joined(List<ColumnName> names, Function<ColumnName, String> text, String separator) {
		return names.stream().map(text).collect(Collectors.joining(separator));
	}

}
