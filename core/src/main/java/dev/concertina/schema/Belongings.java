package dev.concertina.schema;

import java.util.List;
import java.util.Map;

/**
 * What a table has beside its columns and constraints, for another table that takes its
 * place.
 */
public interface Belongings {

	/**
	 * Return what a table that is partitioned can't have, or can't take over.
	 * @param column the column that decides on the partition
	 * @return a description of each
	 */
	List<String> obstacles(ColumnName column);

	/**
	 * Return the indexes that are no part of a constraint, and the extended statistics.
	 * @return the indexes and statistics, defined for a table with the same columns
	 */
	List<Attachment> attachments();

	/**
	 * Return what its foreign keys refer to.
	 * @return the rows that each key refers to
	 */
	List<Reference> references();

	/**
	 * Return the triggers of the user.
	 * @return their names, those that fire first come first
	 */
	List<Trigger> triggers();

	/**
	 * Return what is said about the table and its columns beside their types, as
	 * statements that say it about another table with the same columns.
	 * @param other the other table
	 * @return statements that set comments, statistics targets, storage, compression,
	 * options, privileges and the owner
	 */
	List<String> settings(TableName other);

	/**
	 * Return the storage options.
	 * @return what is said in {@code WITH (…)}, empty if nothing is
	 */
	String options();

	/**
	 * Return a query for one text that tells whether anything of the table has changed.
	 * @return the query
	 */
	String digestQuery();

	/**
	 * Return the result of that query.
	 * @param settings the session settings that it is run with
	 * @return the text as it is now
	 */
	String digest(Map<String, String> settings);

	/**
	 * The rows that a foreign key refers to.
	 *
	 * @param table their table
	 * @param condition the condition that a row {@code p} of it is the one that a row
	 * {@code source} refers to
	 */
	record Reference(TableName table, String condition) {

	}

	/**
	 * A trigger of the user.
	 *
	 * @param name its name
	 * @param beforeRow whether it may change a row before it is written
	 */
	record Trigger(Identifier name, boolean beforeRow) {

	}

}
