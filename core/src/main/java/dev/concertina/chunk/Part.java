package dev.concertina.chunk;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.plan.RowRange;

/**
 * The part of a chunk that a batch goes over.
 */
sealed interface Part permits BlockRange, KeyRange {

	/**
	 * Return what its size is counted in.
	 */
	Unit unit();

	/**
	 * Return how many units it has.
	 */
	long size();

	RowRange rows();

	/**
	 * Return its rows one by one.
	 */
	SingleRows singleRows(JdbcTemplate jdbc, String relation);

}
