package dev.concertina.operation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.schema.TableName;

/**
 * Columns of a table that move into the rows of a new one.
 *
 * <ol>
 * <li>A row goes with its parent, and follows its key.</li>
 * <li>A new row of a parent that was not copied yet takes from it what it was not
 * given.</li>
 * <li>With the row gone, the parent has NULLs.</li>
 * </ol>
 *
 * @param pair the tables; the child is new
 */
record IntoNewRows(RowPair pair) {

	private static final Map<String, String> RULES = Map.of("take away", """
			IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND («OLD key») IS DISTINCT FROM («NEW key»)) THEN
			    DELETE FROM «child» AS c WHERE («c key») = («OLD key»);
			  END IF;
			\s\s""", "take over", """
			IF TG_OP = 'INSERT' AND current_setting('concertina.writes', true) IS DISTINCT FROM 'new' THEN
			    «take over from parent»
			  END IF;
			\s\s""", "left", RowPairFunctions.PARENT_HAS_NULLS, "all left", RowPairFunctions.ALL_PARENTS_HAVE_NULLS);

	/**
	 * Add triggers, copy and comparison.
	 */
	DualWrite addTo(PlanBuilder plan) {
		CrossTableTriggers triggers = this.pair.triggers(plan, Map.of(), RULES)
			.eachRow(this.pair.parent().name(), "parent_delete", "AFTER DELETE", "to_child");
		DualWrite sync = this.pair.keepInStep(plan, triggers, List.of());
		if (plan.keptBy() == KeptBy.APPLICATION) {
			plan.backfill(dropOrphans());
		}
		plan.backfill(copy()).verify(this.pair.compareParents("c").repairedBy(repair()));
		return sync;
	}

	/**
	 * The foreign key, which forbids orphans, is made once all is copied; until then only
	 * triggers would take a row away with its parent.
	 */
	private Backfill dropOrphans() {
		TableName parent = this.pair.parent().name();
		TableName child = this.pair.child().name();
		return new Backfill("drop rows of %s whose parent is gone".formatted(child), child,
				List.of(new RangedSql("DELETE FROM", " WHERE",
						"NOT EXISTS (SELECT FROM %s AS p WHERE (%s) = (%s))".formatted(parent.quoted(),
								RowPair.list(this.pair.key(), "p"), RowPair.list(this.pair.childKey(), "source")))));
	}

	private List<RangedSql> repair() {
		return Stream
			.concat(Stream.of(this.pair.lockParents(""), this.pair.correctChildren()),
					copy().statements().stream().skip(1))
			.toList();
	}

	private Backfill copy() {
		String child = this.pair.child().name().quoted();
		RangedSql insert = new RangedSql(
				"INSERT INTO %s (%s, %s) SELECT %s, %s FROM".formatted(child, RowPair.list(this.pair.childKey()),
						RowPair.list(this.pair.names()), RowPair.list(this.pair.key(), "source"),
						RowPair.list(this.pair.names(), "source")),
				" WHERE", "NOT (%s) AND NOT EXISTS (SELECT FROM %s AS c WHERE %s)"
					.formatted(this.pair.areNull("source"), child, this.pair.isRowOfSource()));
		return new Backfill(
				"copy %s.%s to %s".formatted(this.pair.parent().name(), RowPair.list(this.pair.names()),
						this.pair.child().name()),
				this.pair.parent().name(), List.of(this.pair.lockParents(""), insert));
	}

}
