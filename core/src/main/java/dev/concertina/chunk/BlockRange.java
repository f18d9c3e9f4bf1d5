package dev.concertina.chunk;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.plan.RowRange;

/**
 * Consecutive blocks of a heap, or some of the rows of each of them.
 *
 * @param first the first block
 * @param end the block behind the last one
 * @param pass which rows, from 0
 * @param passes into how many parts the rows of a block are split
 */
record BlockRange(long first, long end, int pass, int passes) implements Part {

	/**
	 * The last byte of a TID as it is sent: four have the number of the block, two the
	 * position of the row. It tells every row of a block from its neighbours, so that the
	 * parts have the same size, whereas a hash gives now more, now fewer rows than there
	 * is room for. The first row of a block has position 1, and belongs to the first
	 * pass.
	 */
	private static final int POSITION_IN_BLOCK = 5;

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
		return (this.pass == this.passes - 1) ? RowRange.of(places)
				: new RowRange(places, "pg_catalog.get_byte(pg_catalog.tidsend(source.ctid), %d) %% %d = %d"
					.formatted(POSITION_IN_BLOCK, this.passes, this.pass + 1));
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
