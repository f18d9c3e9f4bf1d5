package dev.concertina.plan;

import java.util.List;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.SqlType;

/**
 * What Java computes between the two statements of a batch. The first statement locks
 * rows and reads what the task needs of them, with their positions as its last column;
 * the second one writes what the task has made of them, from one array of positions and
 * one of values for each column.
 *
 * @param task the name of the task
 * @param into the columns that it gives a value, in the order of the arrays
 */
public record TaskCall(String task, List<Target> into) {

	public TaskCall {
		into = List.copyOf(into);
	}

	/**
	 * A column that a task gives a value.
	 *
	 * @param column the column
	 * @param type its type
	 */
	public record Target(ColumnName column, SqlType type) {

	}

}
