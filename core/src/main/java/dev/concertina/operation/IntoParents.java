package dev.concertina.operation;

import java.util.List;
import java.util.Map;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * All columns of a table that move into those rows of another one that its key refers to.
 *
 * <ol>
 * <li>Before a parent that was not copied yet is written, it takes from its row what the
 * statement does not give.</li>
 * <li>Before a parent is deleted or gets another key, its row is deleted: the new version
 * does not know of it, and the foreign key may forbid the write because of it. A parent
 * with another key gets a row again.</li>
 * <li>A parent with NULLs gets no row. If it has one, that has NULLs too, or is deleted
 * if a column of it forbids NULL.</li>
 * <li>With the row gone, the parent has NULLs.</li>
 * </ol>
 *
 * <p>
 * A batch locks only parents: a row is never written before its parent is locked, so that
 * a batch never waits for a row while a writer of that row waits for the parent.
 *
 * @param pair the tables; the columns of the parent are new
 */
record IntoParents(RowPair pair) {

	private static final String BEFORE_PARENT = """
			DECLARE
			  concertina_child «child»%ROWTYPE;
			BEGIN
			  «take over row»IF TG_OP = 'DELETE' OR («OLD key») IS DISTINCT FROM («NEW key») THEN
			    «echo on»
			    DELETE FROM «child» AS c WHERE («c key») = («OLD key»);
			    «echo off»
			  END IF;
			  IF TG_OP = 'DELETE' THEN
			    RETURN OLD;
			  END IF;
			  RETURN NEW;
			END""";

	private static final String TAKE_OVER = """
			IF TG_OP = 'UPDATE' AND «OLD is null» THEN
			    SELECT c.* INTO concertina_child FROM «child» AS c WHERE («c key») = («OLD key»);
			    «take over from child»
			  END IF;
			\s\s""";

	private static final String DELETE_IF_NULL = """
			IF «row is null» THEN
			    DELETE FROM «child» AS c WHERE («c key») = («NEW key»);
			  END IF;
			\s\s""";

	/**
	 * Add triggers, copy and comparison.
	 */
	DualWrite addTo(PlanBuilder plan) {
		TableName parent = this.pair.parent().name();
		CrossTableTriggers triggers = this.pair.triggers(plan, Map.of(), rules())
			.function("before_parent", beforeParent(plan, this.pair, TAKE_OVER))
			.eachRow(parent, "before_update", "BEFORE UPDATE", "before_parent")
			.eachRow(parent, "before_delete", "BEFORE DELETE", "before_parent");
		DualWrite sync = this.pair.keepInStep(plan, triggers, List
			.of(triggers.narrowed(parent, "before_update", "BEFORE UPDATE", this.pair.keyChanged(), "before_parent")));
		plan.backfill(copy()).verify(this.pair.compareParents("source").repairedBy(repair()));
		return sync;
	}

	/**
	 * Return the triggers that let the table, under another name, follow its parents. Its
	 * key still refers to theirs, so a row is taken away first, as ever.
	 */
	DualWrite childFollows(PlanBuilder plan, Table retired) {
		RowPair followed = new RowPair(this.pair.parent(), this.pair.key(), retired, this.pair.childKey(),
				this.pair.columns());
		TableName parent = followed.parent().name();
		SqlTemplate template = followed.template(plan, Map.of(), rules());
		return new CrossTableTriggers(plan).function("to_child", template.filled(RowPairFunctions.TO_CHILD))
			.function("before_parent", beforeParent(plan, followed, ""))
			.function("truncate", template.filled(RowPairFunctions.TRUNCATE))
			.eachRow(parent, "parent_insert", "AFTER INSERT", "to_child")
			.eachRow(parent, "parent_update", "AFTER UPDATE", followed.changed(), "to_child")
			.eachStatement(parent, "parent_truncate", "AFTER TRUNCATE", "truncate")
			.eachRow(parent, "before_update", "BEFORE UPDATE", followed.keyChanged(), "before_parent")
			.eachRow(parent, "before_delete", "BEFORE DELETE", "before_parent")
			.dualWrite("let %s follow %s".formatted(retired.name(), parent), parent, retired.name());
	}

	private static String beforeParent(PlanBuilder plan, RowPair pair, String takeOver) {
		return pair.template(plan, Map.of(), Map.of("take over row", takeOver)).filled(BEFORE_PARENT);
	}

	private Map<String, String> rules() {
		boolean forbidsNull = this.pair.columns()
			.stream()
			.map((column) -> this.pair.child().column(column.name()))
			.anyMatch((column) -> !column.nullable());
		return Map.of("take away", forbidsNull ? DELETE_IF_NULL : "", "take over", "", "left",
				RowPairFunctions.PARENT_HAS_NULLS, "all left", RowPairFunctions.ALL_PARENTS_HAVE_NULLS);
	}

	/**
	 * By subqueries, which find the row of each parent by its key: a join in a condition
	 * that a part of a range comes before would compare each with each.
	 */
	private Backfill copy() {
		String concerned = "%s AND EXISTS (%s AND NOT (%s))".formatted(this.pair.areNull("source"), row(""),
				this.pair.areNull("c"));
		return new Backfill(
				"copy %s.%s to %s".formatted(this.pair.child().name(), RowPair.list(this.pair.names()),
						this.pair.parent().name()),
				this.pair.parent().name(), List.of(this.pair.lockParents(concerned), update(concerned)));
	}

	private List<RangedSql> repair() {
		String same = RowSql.same(RowPair.list(this.pair.names(), "source"), RowPair.list(this.pair.names(), "c"));
		String concerned = "NOT EXISTS (%s AND %s) AND (EXISTS (%s) OR NOT (%s))".formatted(row(""), same, row(""),
				this.pair.areNull("source"));
		return List.of(this.pair.lockParents(concerned), update(concerned));
	}

	private RangedSql update(String concerned) {
		return new RangedSql("UPDATE", " SET (%s) = (%s) WHERE".formatted(RowPair.list(this.pair.names()),
				row(" " + RowPair.list(this.pair.names(), "c"))), concerned);
	}

	private String row(String columns) {
		return "SELECT%s FROM %s AS c WHERE %s".formatted(columns, this.pair.child().name().quoted(),
				this.pair.isRowOfSource());
	}

}
