package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.concertina.jdbc.StateJdbc;

/**
 * Goes over some rows by halves, in the transaction of a batch, and sets aside those that
 * fail alone, too.
 */
final class RowByRow {

	private final StateJdbc jdbc;

	private final ChunkTask task;

	private final String relation;

	private final SingleRows rows;

	private final List<PoisonRows.Row> failed = new ArrayList<>();

	RowByRow(StateJdbc jdbc, ChunkTask task, String relation, SingleRows rows) {
		this.jdbc = jdbc;
		this.task = task;
		this.relation = relation;
		this.rows = rows;
	}

	/**
	 * Work on all rows that can be worked on.
	 */
	Tally run() {
		return part(0, this.rows.count());
	}

	/**
	 * Return the rows that were set aside.
	 */
	List<PoisonRows.Row> failed() {
		return List.copyOf(this.failed);
	}

	private Tally part(int first, int end) {
		if (first == end) {
			return Tally.copied(0);
		}
		Attempt attempt = Attempt.at(this.jdbc, this.task, this.relation, this.rows.range(first, end - 1));
		Optional<Tally> tally = attempt.succeeded();
		if (tally.isPresent()) {
			this.failed.addAll(new PoisonRows(this.jdbc, this.task).add(this.relation, tally.get().failed()));
			return tally.get();
		}
		if (end - first == 1) {
			PoisonRows poison = new PoisonRows(this.jdbc, this.task);
			this.failed.add(poison.add(this.rows.poison(poison, this.relation, first, attempt.problem())));
			return Tally.copied(0);
		}
		int middle = first + (end - first) / 2;
		return part(first, middle).and(part(middle, end));
	}

}
