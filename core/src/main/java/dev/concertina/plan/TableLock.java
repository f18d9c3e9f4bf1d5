package dev.concertina.plan;

import dev.concertina.schema.TableName;

/**
 * A lock that statements need on a table.
 *
 * @param table the table
 * @param mode the strongest mode that they need
 */
public record TableLock(TableName table, Mode mode) {

	/**
	 * The modes, weakest first, as chapter "Explicit Locking" of the PostgreSQL manual
	 * has them.
	 */
	public enum Mode {

		/** Reads and writes go on; of its own kind there is one at a time. */
		SHARE_UPDATE_EXCLUSIVE,

		/** Reads go on. */
		SHARE_ROW_EXCLUSIVE,

		/** Nothing goes on. */
		ACCESS_EXCLUSIVE;

		/**
		 * Return the mode as it is written in SQL.
		 * @return the SQL
		 */
		public String sql() {
			return name().replace('_', ' ');
		}

	}

	/**
	 * Return the lock that keeps everybody out.
	 * @param table the table
	 * @return the lock
	 */
	public static TableLock exclusive(TableName table) {
		return new TableLock(table, Mode.ACCESS_EXCLUSIVE);
	}

	/**
	 * Return the lock that keeps writers out.
	 * @param table the table
	 * @return the lock
	 */
	public static TableLock againstWrites(TableName table) {
		return new TableLock(table, Mode.SHARE_ROW_EXCLUSIVE);
	}

	/**
	 * Return the lock that keeps nobody out who reads or writes.
	 * @param table the table
	 * @return the lock
	 */
	public static TableLock besideWrites(TableName table) {
		return new TableLock(table, Mode.SHARE_UPDATE_EXCLUSIVE);
	}

	/**
	 * Return the lock that serves both needs.
	 * @param other another lock of the same table
	 * @return the stronger one
	 */
	public TableLock strongest(TableLock other) {
		return (this.mode.compareTo(other.mode) >= 0) ? this : other;
	}

	@Override
	public String toString() {
		return "%s (%s)".formatted(this.table, this.mode.sql());
	}

}
