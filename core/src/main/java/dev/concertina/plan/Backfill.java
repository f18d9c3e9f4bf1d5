package dev.concertina.plan;

import java.util.List;

import org.jspecify.annotations.Nullable;

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
 */
public record Backfill(String description, TableName source, List<RangedSql> statements,
		@Nullable TaskCall task) implements Step {

	public Backfill {
		statements = List.copyOf(statements);
	}

	/**
	 * Make a backfill that SQL does alone.
	 * @param description what it does, for people
	 * @param source the table whose rows are copied
	 * @param statements the statements of a batch in their order
	 */
	public Backfill(String description, TableName source, List<RangedSql> statements) {
		this(description, source, statements, null);
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
