package dev.concertina.chunk;

import dev.concertina.plan.RowRange;

/**
 * The rows of a part of a chunk, in order.
 */
sealed interface SingleRows permits BlockRows, KeyRows {

	int count();

	/**
	 * Return some of them.
	 * @param first the number of the first one, from 0
	 * @param last the number of the last one
	 */
	RowRange range(int first, int last);

	/**
	 * Return what is remembered of one of them that can't be worked on.
	 */
	PoisonRows.Row poison(PoisonRows poison, String relation, int number, String error);

}
