package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Belongings.Reference;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A table that gets every row of another one, in one direction: nobody writes to it but
 * our triggers and batches.
 *
 * <ol>
 * <li>After a row was written, the trigger looks at what the table has for its key now,
 * and lets the mirror have the same. So it does no harm if a trigger of the user writes
 * the row once more before ours fires.</li>
 * <li>A batch locks what its rows refer to, in the order in which somebody who deletes
 * that would, then its rows, and copies those that are missing.</li>
 * <li>The rows are compared one by one, and the mirror is searched for rows that the
 * table does not have.</li>
 * </ol>
 *
 * @param table the table
 * @param mirror the table that gets its rows
 * @param key columns that tell its rows apart, which are a key of the mirror
 * @param references what foreign keys of both refer to
 */
record TableMirror(Table table, Table mirror, List<ColumnName> key, List<Reference> references) {

	private static final String TO_MIRROR = """
			BEGIN
			  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND («OLD key») IS DISTINCT FROM («NEW key»)) THEN
			    INSERT INTO «mirror» («columns») SELECT «s columns» FROM ONLY «table» AS s WHERE («s key») = («OLD key»)
			    ON CONFLICT («key») DO UPDATE SET («columns») = ROW(«EXCLUDED columns»);
			    IF NOT FOUND THEN
			      DELETE FROM «mirror» AS m WHERE («m key») = («OLD key»);
			    END IF;
			  END IF;
			  IF TG_OP <> 'DELETE' THEN
			    INSERT INTO «mirror» («columns») SELECT «s columns» FROM ONLY «table» AS s WHERE («s key») = («NEW key»)
			    ON CONFLICT («key») DO UPDATE SET («columns») = ROW(«EXCLUDED columns»);
			    IF NOT FOUND THEN
			      DELETE FROM «mirror» AS m WHERE («m key») = («NEW key»);
			    END IF;
			  END IF;
			  RETURN NULL;
			END""";

	private static final String TRUNCATE = """
			BEGIN
			  DELETE FROM «mirror»;
			  RETURN NULL;
			END""";

	TableMirror {
		key = List.copyOf(key);
		references = List.copyOf(references);
	}

	/**
	 * Add triggers, copy and comparison.
	 */
	DualWrite keep(PlanBuilder plan) {
		SqlTemplate template = template();
		CrossTableTriggers triggers = new CrossTableTriggers(plan).function("to_mirror", template.filled(TO_MIRROR))
			.function("truncate", template.filled(TRUNCATE))
			.eachRow(name(), "insert", "AFTER INSERT", "to_mirror")
			.eachRow(name(), "update", "AFTER UPDATE", "to_mirror")
			.eachRow(name(), "delete", "AFTER DELETE", "to_mirror")
			.eachStatement(name(), "truncate", "AFTER TRUNCATE", "truncate");
		DualWrite sync = triggers.dualWrite("carry each write of %s to %s".formatted(name(), this.mirror.name()),
				name(), this.mirror.name());
		plan.dualWrite(sync,
				Ddl.of("carry only writes of %s that change a row".formatted(name()),
						List.of(TableLock.againstWrites(name())),
						List.of(triggers.narrowed(name(), "update", "AFTER UPDATE", RowSql.changed(writable()),
								"to_mirror")),
						sync.drop()))
			.backfill(copy())
			.afterBackfill(Statistics.of(this.mirror))
			.verify(compare())
			.verify(findOthers());
		return sync;
	}

	private TableName name() {
		return this.table.name();
	}

	private List<Column> writable() {
		return this.table.columns().stream().filter((column) -> !column.isGenerated()).toList();
	}

	private SqlTemplate template() {
		return new SqlTemplate(Map.ofEntries(Map.entry("table", name().quoted()),
				Map.entry("mirror", this.mirror.name().quoted()), Map.entry("columns", columns("")),
				Map.entry("s columns", columns("s.")), Map.entry("EXCLUDED columns", columns("EXCLUDED.")),
				Map.entry("key", key("")), Map.entry("s key", key("s.")), Map.entry("m key", key("m.")),
				Map.entry("OLD key", key("OLD.")), Map.entry("NEW key", key("NEW."))));
	}

	private Backfill copy() {
		List<RangedSql> statements = new ArrayList<>();
		this.references.forEach((reference) -> statements
			.add(lock(" JOIN %s AS p ON %s WHERE".formatted(reference.table().quoted(), reference.condition()),
					"FOR KEY SHARE OF p")));
		statements.add(lock(" WHERE", "FOR NO KEY UPDATE"));
		// The offset keeps the planner from a join that reads the whole mirror in each
		// batch
		statements.add(new RangedSql(
				"INSERT INTO %s (%s) SELECT %s FROM".formatted(this.mirror.name().quoted(), columns(""),
						columns("source.")),
				" WHERE", "NOT EXISTS (SELECT FROM %s AS m WHERE (%s) = (%s) OFFSET 0)"
					.formatted(this.mirror.name().quoted(), key("m."), key("source."))));
		return new Backfill("copy %s to %s".formatted(name(), this.mirror.name()), name(), statements);
	}

	private static RangedSql lock(String from, String strength) {
		return new RangedSql("SELECT count(*) FROM (SELECT FROM", from, "", " %s) AS locked".formatted(strength));
	}

	private Check compare() {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN m.%s IS NULL THEN 'missing'
				            WHEN %s THEN 'different' END AS difference
				  FROM""".formatted(RowSql.key(this.table), this.key.get(0).quoted(),
				RowSql.different(columns("source."), columns("m.")));
		String join = " LEFT JOIN %s AS m ON (%s) = (%s) WHERE".formatted(this.mirror.name().quoted(), key("m."),
				key("source."));
		return new Check("every row of %s is in %s".formatted(name(), this.mirror.name()), name(),
				new RangedSql(comparison, join, ""))
			.repairedBy(repair());
	}

	/**
	 * A row that differs is taken away, and copied as one that is missing.
	 */
	private List<RangedSql> repair() {
		List<RangedSql> statements = new ArrayList<>(copy().statements());
		statements.add(statements.size() - 1,
				new RangedSql("DELETE FROM %s AS m USING".formatted(this.mirror.name().quoted()), " WHERE",
						"(%s) = (%s) AND %s".formatted(key("m."), key("source."),
								RowSql.different(columns("source."), columns("m.")))));
		return statements;
	}

	private Check findOthers() {
		String extra = "NOT EXISTS (SELECT FROM %s AS t WHERE (%s) = (%s))".formatted(name().quoted(), key("t."),
				key("source."));
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN %s THEN 'extra' END AS difference
				  FROM""".formatted(RowSql.key(this.mirror), extra);
		return new Check("%s has no other rows than %s".formatted(this.mirror.name(), name()), this.mirror.name(),
				new RangedSql(comparison, " WHERE", ""))
			.repairedBy(List.of(new RangedSql("DELETE FROM", " WHERE", extra)));
	}

	private String columns(String row) {
		return joined(writable(), Column::name, row);
	}

	private String key(String row) {
		return joined(this.key, (name) -> name, row);
	}

	private static <T> String joined(List<T> all, Function<T, ColumnName> name, String row) {
		return all.stream().map((one) -> row + name.apply(one).quoted()).collect(Collectors.joining(", "));
	}

}
