package dev.concertina.operation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;

/**
 * Columns of a table that move into the rows of another one, which has columns of its
 * own. The old version writes those without knowing of the columns that move.
 *
 * <ol>
 * <li>A parent with values gets a row, if it has none: it holds nothing but the key, the
 * values and defaults. What the old version inserts, not knowing of that row, takes its
 * place.</li>
 * <li>What a statement does not give, or leaves as it is, is what the parent has: in a
 * row that was not copied yet as in any other.</li>
 * <li>With the row gone, it is made again as long as the parent has values, as the old
 * version has taken away only what it knows of. With the marker
 * {@code concertina.writes = new} the parent has NULLs.</li>
 * <li>A row that is given to another parent leaves the values where they are. That is
 * also how a foreign key carries a change of a key.</li>
 * </ol>
 *
 * @param pair the tables; the foreign key of the child deletes its rows with their
 * parents
 */
record IntoExistingRows(RowPair pair) {

	private static final String MAKE_AGAIN = """
			INSERT INTO «child» («child key», «columns»)
			      SELECT «p key», «p columns» FROM «parent» AS p WHERE %sNOT («p is null»)
			      ON CONFLICT («child key») DO NOTHING;""";

	private static final String TAKE_OVER = """
			IF current_setting('concertina.writes', true) IS DISTINCT FROM 'new'
			      AND (TG_OP = 'INSERT' OR («OLD child key») IS DISTINCT FROM («NEW child key»)) THEN
			    «echo on»
			    DELETE FROM «child» AS c WHERE («c key») = («NEW child key») AND «c holds nothing»;
			    «echo off»
			  END IF;
			  IF TG_OP = 'UPDATE' THEN
			    «keep what is unchanged»
			  ELSIF current_setting('concertina.writes', true) IS DISTINCT FROM 'new' THEN
			    «take over from parent»
			  END IF;
			\s\s""";

	private static final String LEFT = """
			IF TG_OP = 'DELETE' AND current_setting('concertina.writes', true) = 'new' THEN
			      %s
			    ELSE
			      %s
			    END IF;""".formatted(RowPairFunctions.PARENT_HAS_NULLS,
			MAKE_AGAIN.formatted("(«p key») = («OLD child key») AND "));

	private static final Map<String, String> RULES = Map.of("take away", "", "take over", TAKE_OVER, "left", LEFT,
			"all left", MAKE_AGAIN.formatted(""));

	/**
	 * Add triggers, copy and comparison.
	 */
	DualWrite addTo(PlanBuilder plan) {
		Map<String, String> words = Map.of("c holds nothing", holdsNothing(), "keep what is unchanged",
				RowPair.joined(this.pair.names(), IntoExistingRows::ofParentIfUnchanged, "\n    "));
		DualWrite sync = this.pair.keepInStep(plan, this.pair.triggers(plan, words, RULES), List.of());
		plan.backfill(copy()).verify(this.pair.compareParents("c").repairedBy(repair()));
		return sync;
	}

	private static String ofParentIfUnchanged(ColumnName name) {
		return "IF %s THEN %s := concertina_parent.%s; END IF;"
			.formatted(RowSql.same(name.of(Row.NEW), name.of(Row.OLD)), name.of(Row.NEW), name.quoted());
	}

	/** A row that was made, or might as well have been. */
	private String holdsNothing() {
		List<ColumnName> own = this.pair.child()
			.columns()
			.stream()
			.filter((column) -> column.defaultValue() == null && column.generation() == Column.Generation.NONE)
			.map(Column::name)
			.filter((name) -> !this.pair.childKey().contains(name) && !this.pair.names().contains(name))
			.toList();
		return own.isEmpty() ? "true" : RowPair.joined(own, (name) -> "c.%s IS NULL".formatted(name.quoted()), " AND ");
	}

	private List<RangedSql> repair() {
		return Stream
			.concat(Stream.of(this.pair.lockParents(""), this.pair.correctChildren()),
					copy().statements().stream().skip(1))
			.toList();
	}

	private Backfill copy() {
		String child = this.pair.child().name().quoted();
		String columns = RowPair.list(this.pair.names());
		String key = RowPair.list(this.pair.childKey());
		RangedSql upsert = new RangedSql(
				"INSERT INTO %s (%s, %s) SELECT %s, %s FROM".formatted(child, key, columns,
						RowPair.list(this.pair.key(), "source"), RowPair.list(this.pair.names(), "source")),
				" WHERE",
				"NOT (%s) AND NOT EXISTS (SELECT FROM %s AS c WHERE %s AND NOT (%s))"
					.formatted(this.pair.areNull("source"), child, this.pair.isRowOfSource(), this.pair.areNull("c")),
				" ON CONFLICT (%s) DO UPDATE SET (%s) = ROW(%s)".formatted(key, columns,
						RowPair.list(this.pair.names(), "EXCLUDED")));
		return new Backfill("copy %s.%s to %s".formatted(this.pair.parent().name(), columns, this.pair.child().name()),
				this.pair.parent().name(), List.of(this.pair.lockParents(""), upsert));
	}

}
