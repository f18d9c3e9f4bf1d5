package dev.concertina.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.Column.Generation;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A table that is out of sight, and gets every row of the one that has taken its place.
 *
 * <p>
 * As in {@link TableMirror}, the trigger looks at what the table has for the key of a row
 * now. The key is that of the partitioned table, which finds a row in one partition. The
 * other one may have a shorter key: a row that has it, and is not in the table any more,
 * gives way, as a trigger of the user may write a row again before ours was fired for its
 * first write; one that is in the table lets the write be refused.
 *
 * @param table the table that has taken the place, and the columns of both
 * @param key the columns that tell its rows apart
 * @param retired the name of the table that is out of sight
 */
record RetiredMirror(Table table, List<ColumnName> key, TableName retired) {

	private static final String TO_RETIRED = """
			BEGIN
			  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND («OLD key») IS DISTINCT FROM («NEW key»)) THEN
			    «update» («m key») = («OLD key»);
			    IF NOT FOUND THEN
			      DELETE FROM «retired» AS m WHERE («m short key») = («OLD short key») AND ((«m key») = («OLD key») OR «m is gone»);
			      INSERT INTO «retired» («columns») OVERRIDING SYSTEM VALUE
			      SELECT «s columns» FROM «table» AS s WHERE («s key») = («OLD key»);
			    END IF;
			  END IF;
			  IF TG_OP <> 'DELETE' THEN
			    «update» («m key») = («NEW key»);
			    IF NOT FOUND THEN
			      DELETE FROM «retired» AS m WHERE («m short key») = («NEW short key») AND ((«m key») = («NEW key») OR «m is gone»);
			      INSERT INTO «retired» («columns») OVERRIDING SYSTEM VALUE
			      SELECT «s columns» FROM «table» AS s WHERE («s key») = («NEW key»);
			    END IF;
			  END IF;
			  RETURN NULL;
			END""";

	private static final String UPDATE = """
			UPDATE «retired» AS m SET («kept») = ROW(«s kept») FROM «table» AS s WHERE («s key») = («m key») AND""";

	private static final String GONE = "NOT EXISTS (SELECT FROM «table» AS s WHERE («s key») = («m key»))";

	/** Where a column can't be updated. */
	private static final String UPDATE_NOTHING = "PERFORM FROM «retired» AS m WHERE false AND";

	private static final String TRUNCATE = """
			BEGIN
			  DELETE FROM «retired»;
			  RETURN NULL;
			END""";

	RetiredMirror {
		key = List.copyOf(key);
	}

	DualWrite triggers(PlanBuilder plan) {
		TableName name = this.table.name();
		SqlTemplate template = new SqlTemplate(words());
		return new CrossTableTriggers(plan).function("to_retired", template.filled(TO_RETIRED))
			.function("truncate", template.filled(TRUNCATE))
			.eachRow(name, "insert", "AFTER INSERT", "to_retired")
			.eachRow(name, "update", "AFTER UPDATE", RowSql.changed(writable()), "to_retired")
			.eachRow(name, "delete", "AFTER DELETE", "to_retired")
			.eachStatement(name, "truncate", "AFTER TRUNCATE", "truncate")
			.dualWrite("let %s follow %s".formatted(this.retired, name), name, this.retired);
	}

	private Map<String, String> words() {
		List<ColumnName> columns = names(writable());
		List<ColumnName> kept = names(writable().stream().filter((column) -> !isIdentity(column)).toList());
		Map<String, String> words = new HashMap<>(Map.of("table", this.table.name().quoted(), "retired",
				this.retired.quoted(), "columns", RowPair.list(columns), "s columns", RowPair.list(columns, "s"),
				"kept", RowPair.list(kept), "s kept", RowPair.list(kept, "s"), "s key", RowPair.list(this.key, "s"),
				"m key", RowPair.list(this.key, "m"), "OLD key", RowPair.list(this.key, "OLD"), "NEW key",
				RowPair.list(this.key, "NEW")));
		List<ColumnName> shortKey = this.table.primaryKey();
		words.putAll(Map.of("m short key", RowPair.list(shortKey, "m"), "OLD short key", RowPair.list(shortKey, "OLD"),
				"NEW short key", RowPair.list(shortKey, "NEW")));
		words.put("m is gone", new SqlTemplate(words).filled(GONE));
		words.put("update", new SqlTemplate(words).filled(isUpdated(kept) ? UPDATE : UPDATE_NOTHING));
		return words;
	}

	/**
	 * PostgreSQL lets nobody update an identity, whose value in the key is the same
	 * anyway.
	 */
	private boolean isUpdated(List<ColumnName> kept) {
		return !kept.isEmpty()
				&& writable().stream().filter(RetiredMirror::isIdentity).map(Column::name).allMatch(this.key::contains);
	}

	private static boolean isIdentity(Column column) {
		return column.generation() == Generation.IDENTITY;
	}

	private List<Column> writable() {
		return this.table.columns().stream().filter((column) -> !column.isGenerated()).toList();
	}

	private static List<ColumnName> names(List<Column> columns) {
		return columns.stream().map(Column::name).toList();
	}

}
