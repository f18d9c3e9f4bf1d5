package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Goes over the rows of one block by halves, in the transaction of a batch, and sets
 * aside those that fail alone, too.
 */
final class RowByRow {

	private final JdbcTemplate jdbc;

	private final ChunkTask task;

	private final String relation;

	private final BlockRange block;

	private final List<PoisonRows.Row> failed = new ArrayList<>();

	RowByRow(JdbcTemplate jdbc, ChunkTask task, String relation, BlockRange block) {
		this.jdbc = jdbc;
		this.task = task;
		this.relation = relation;
		this.block = block;
	}

	/**
	 * Work on all rows that can be worked on.
	 */
	Tally run() {
		return part(this.jdbc.query("""
				SELECT split_part(btrim(source.ctid::text, '()'), ',', 2)::int
				  FROM ONLY %s AS source
				 WHERE %s
				 ORDER BY source.ctid""".formatted(this.relation, this.block.rows().blocks()),
				(row, number) -> row.getInt(1)));
	}

	/**
	 * Return the rows that were set aside.
	 */
	List<PoisonRows.Row> failed() {
		return List.copyOf(this.failed);
	}

	private Tally part(List<Integer> positions) {
		if (positions.isEmpty()) {
			return Tally.copied(0);
		}
		int first = positions.get(0);
		int last = positions.get(positions.size() - 1);
		Attempt attempt = Attempt.at(this.jdbc, this.task, this.relation, this.block.rows(first, last));
		Optional<Tally> tally = attempt.succeeded();
		if (tally.isPresent()) {
			this.failed.addAll(new PoisonRows(this.jdbc, this.task).add(this.relation, tally.get().failed()));
			return tally.get();
		}
		if (first == last) {
			String tid = "(%d,%d)".formatted(this.block.first(), first);
			this.failed.add(new PoisonRows(this.jdbc, this.task).add(this.relation, tid, attempt.problem()));
			return Tally.copied(0);
		}
		int half = positions.size() / 2;
		return part(positions.subList(0, half)).and(part(positions.subList(half, positions.size())));
	}

}
