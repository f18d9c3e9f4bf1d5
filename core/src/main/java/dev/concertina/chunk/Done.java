package dev.concertina.chunk;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A batch that was committed.
 *
 * @param relation the table or leaf partition, quoted
 * @param part what it went over, {@code null} if that was one row that had failed
 * @param tally what it has counted
 * @param failed the rows that it has set aside
 * @param start when it began
 */
record Done(String relation, @Nullable Part part, Tally tally, List<PoisonRows.Row> failed, long start) {

	long units() {
		return (this.part != null) ? this.part.size() : 0;
	}

}
