package dev.concertina.plan;

import java.util.List;

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
 */
public record Backfill(String description, TableName source, List<RangedSql> statements) implements Step {

	public Backfill {
		statements = List.copyOf(statements);
	}

	/**
	 * Return whether the batches overwrite the rows of the source, which leaves a dead
	 * version of each row behind.
	 * @return {@code true} if a statement is an {@code UPDATE} of the source
	 */
	public boolean isInPlace() {
		return this.statements.stream().anyMatch((statement) -> statement.beforeTable().equals("UPDATE"));
	}

}
