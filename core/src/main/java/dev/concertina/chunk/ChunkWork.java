package dev.concertina.chunk;

import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.RowRange;

/**
 * What is done with a range of rows, inside the transaction of its batch.
 */
@FunctionalInterface
public interface ChunkWork {

	/**
	 * Do it.
	 * @param jdbc the template of the transaction
	 * @param relation the table or leaf partition, quoted
	 * @param range the rows
	 * @return what was counted
	 */
	Tally on(StateJdbc jdbc, String relation, RowRange range);

}
