package dev.concertina.chunk;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.plan.RowRange;

/**
 * Consecutive blocks of a heap, or some of the rows of each of them.
 *
 * @param first the first block
 * @param end the block behind the last one
 * @param pass which rows, from 0
 * @param passes into how many parts the rows of a block are split; a power of two
 */
record BlockRange(long first, long end, int pass, int passes) implements Part {

	@Override
	public Unit unit() {
		return Unit.BLOCK;
	}

	@Override
	public long size() {
		return this.end - this.first;
	}

	/**
	 * Return the rows, as a TID range scan (PostgreSQL 14 and newer) reads them: nothing
	 * but these blocks. The last pass takes whatever the others have left.
	 * @return the range
	 */
	@Override
	public RowRange rows() {
		return rows("source.ctid >= '(%d,0)'::tid AND source.ctid < '(%d,0)'::tid".formatted(this.first, this.end));
	}

	/**
	 * Return some of the rows, all of which are in the first block.
	 * @param from the position of the first of them
	 * @param to the position of the last of them
	 * @return the range
	 */
	RowRange rows(int from, int to) {
		return rows("source.ctid >= '(%1$d,%2$d)'::tid AND source.ctid <= '(%1$d,%3$d)'::tid".formatted(this.first,
				from, to));
	}

	private RowRange rows(String places) {
		return (this.pass == this.passes - 1) ? RowRange.of(places) : new RowRange(places,
				"pg_catalog.hashtid(source.ctid) & %d = %d".formatted(this.passes - 1, this.pass));
	}

	/**
	 * Return the rows of the first block.
	 */
	@Override
	public SingleRows singleRows(JdbcTemplate jdbc, String relation) {
		return new BlockRows(this, jdbc.query("""
				SELECT split_part(btrim(source.ctid::text, '()'), ',', 2)::int
				  FROM ONLY %s AS source
				 WHERE %s
				 ORDER BY source.ctid""".formatted(relation, rows().places()), (row, number) -> row.getInt(1)));
	}

}
