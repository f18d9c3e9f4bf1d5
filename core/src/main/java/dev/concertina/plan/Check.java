package dev.concertina.plan;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;

/**
 * How equality is proved for a range.
 *
 * @param description what it proves, for people
 * @param source the table whose rows are compared
 * @param comparison a query that yields one row per row of the range: {@code key} (text)
 * and {@code difference} (NULL if equal, else {@code missing}, {@code different} or
 * {@code extra})
 * @param repair the statements that give the new structure what the old one has, for the
 * rows of a range that differ; they run as those of a {@link Backfill} do. Empty if a
 * person must decide
 * @param task what Java computes between the two statements of the repair, {@code null}
 * if SQL does all. What a task computes follows the old structure with a delay, so that
 * rows that are missing are no defect: they are computed until none is
 * @param byKey whether to go by a key even where the source has blocks, see
 * {@link RowOrder}
 * @param key the columns to go by where it is not by blocks, see {@link RowOrder}
 */
public record Check(String description, TableName source, RangedSql comparison, List<RangedSql> repair,
		@Nullable TaskCall task, boolean byKey, List<ColumnName> key) implements Step {

	public Check {
		repair = List.copyOf(repair);
		key = List.copyOf(key);
	}

	/**
	 * Make a check of what only a person can correct.
	 * @param description what it proves, for people
	 * @param source the table whose rows are compared
	 * @param comparison the query
	 */
	public Check(String description, TableName source, RangedSql comparison) {
		this(description, source, comparison, List.of(), null, false, List.of());
	}

	/**
	 * Return the check with its repair.
	 * @param statements the statements that make the rows of a range equal
	 * @return the check
	 */
	public Check repairedBy(List<RangedSql> statements) {
		return new Check(this.description, this.source, this.comparison, statements, null, this.byKey, this.key);
	}

	/**
	 * Return the check with what computes the rows that are missing.
	 * @param backfill the backfill that has computed all others
	 * @return the check
	 */
	public Check computedBy(Backfill backfill) {
		return new Check(this.description, this.source, this.comparison, backfill.statements(), backfill.task(),
				this.byKey, this.key);
	}

	/**
	 * Return the check in an order.
	 * @param order the order
	 * @return the check
	 */
	public Check in(RowOrder order) {
		return new Check(this.description, this.source, this.comparison, this.repair, this.task, order.byKey(),
				order.key());
	}

	/**
	 * Return the order of its rows.
	 * @return the order
	 */
	public RowOrder order() {
		return new RowOrder(this.byKey, this.key);
	}

}
