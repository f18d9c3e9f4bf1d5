package dev.concertina.plan;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;

/**
 * How the rows of a range are copied.
 *
 * <p>
 * All statements of a batch run in one transaction, each with a snapshot of its own. What
 * the last one reports as updated are the rows copied. The statements must be idempotent,
 * lock what they read, and leave alone what a writer has given the new side.
 *
 * @param description what it does, for people
 * @param source the table whose rows are copied
 * @param statements the statements of a batch in their order
 * @param task what Java computes between the two statements, {@code null} if SQL does all
 * @param byKey whether to go by a key even where the source has blocks, see
 * {@link RowOrder}
 * @param key the columns to go by where it is not by blocks, see {@link RowOrder}
 */
public record Backfill(String description, TableName source, List<RangedSql> statements, @Nullable TaskCall task,
		boolean byKey, List<ColumnName> key) implements Step {

	public Backfill {
		statements = List.copyOf(statements);
		key = List.copyOf(key);
	}

	/**
	 * Make a backfill that SQL does alone, in the order that suits the source.
	 * @param description what it does, for people
	 * @param source the table whose rows are copied
	 * @param statements the statements of a batch in their order
	 */
	public Backfill(String description, TableName source, List<RangedSql> statements) {
		this(description, source, statements, null);
	}

	/**
	 * Make a backfill in the order that suits the source.
	 * @param description what it does, for people
	 * @param source the table whose rows are copied
	 * @param statements the statements of a batch in their order
	 * @param task what Java computes between the two statements, {@code null} if SQL does
	 * all
	 */
	public Backfill(String description, TableName source, List<RangedSql> statements, @Nullable TaskCall task) {
		this(description, source, statements, task, false, List.of());
	}

	/**
	 * Return the backfill in an order.
	 * @param order the order
	 * @return the backfill
	 */
	public Backfill in(RowOrder order) {
		return new Backfill(this.description, this.source, this.statements, this.task, order.byKey(), order.key());
	}

	/**
	 * Return the order of its rows.
	 * @return the order
	 */
	public RowOrder order() {
		return new RowOrder(this.byKey, this.key);
	}

	/**
	 * Return whether the batches overwrite the rows of the source, which leaves a dead
	 * version of each row behind.
	 * @return {@code true} if a statement is an {@code UPDATE} of the source
	 */
	public boolean isInPlace() {
		return this.statements.stream().anyMatch((statement) -> statement.beforeTable().equals("UPDATE"));
	}

	@Override
	public List<String> tasks() {
		return (this.task != null) ? List.of(this.task.task()) : List.of();
	}

}
