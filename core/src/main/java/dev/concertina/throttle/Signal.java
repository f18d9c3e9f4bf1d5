package dev.concertina.throttle;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;

/**
 * Measures a load that a backfill adds to, and says whether it may go on.
 *
 * <p>
 * A signal may cost a query: it is not read before each batch, but once per interval at
 * most, by one thread at a time, and what it said holds until it is read again. One that
 * fails is unknown, and does not stop a backfill.
 */
public interface Signal {

	/**
	 * Return the name, by which people and meters know it.
	 * @return one or more words, such as {@code replication lag}
	 */
	String name();

	/**
	 * Return what measures the same of another database, for an application that has
	 * changes in several.
	 * @param other the other database
	 * @return this signal, if it measures no database
	 */
	default Signal on(DataSource other) {
		return this;
	}

	/**
	 * Return whether the load is one of tables: then it is read for each change, with its
	 * tables. Otherwise it is read once for all changes.
	 * @return whether it needs to know the tables
	 */
	default boolean isOfTables() {
		return false;
	}

	/**
	 * Measure the load.
	 * @param tables the tables that the change reads or writes, without their partitions;
	 * none for a signal that is not of tables
	 * @return what it says
	 */
	Advice read(Set<TableName> tables);

}
