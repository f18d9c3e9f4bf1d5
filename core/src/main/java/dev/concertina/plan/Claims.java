package dev.concertina.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;

/**
 * What the operations of a change are about: two of them can't do different things to one
 * column.
 */
public final class Claims {

	/** In place of the number of an operation: any that does no harm to the others. */
	private static final int SHARED = 0;

	private final Map<String, Integer> owners = new HashMap<>();

	private final Set<String> empty = new HashSet<>();

	private int operation;

	Claims() {
	}

	void next(int operation) {
		this.operation = operation;
	}

	/**
	 * Claim a column for the operation that is compiled.
	 * @param table the table
	 * @param column the column
	 * @return whether no other operation of the change is about it
	 */
	public boolean alone(TableName table, ColumnName column) {
		return alone(table + "." + column);
	}

	/**
	 * Claim something that is no column for the operation that is compiled.
	 * @param what what it is, and its name
	 * @return whether no other operation of the change is about it
	 */
	public boolean alone(String what) {
		return claim(what, this.operation) == this.operation;
	}

	/**
	 * Claim a column for all operations that read it and leave it as it is.
	 * @param table the table
	 * @param column the column
	 * @return whether no other operation of the change has claimed it for itself
	 */
	public boolean shared(TableName table, ColumnName column) {
		int owner = claim(table + "." + column, SHARED);
		return owner == SHARED || owner == this.operation;
	}

	/**
	 * Let another operation of the change give its first values to a column that the
	 * operation that is compiled has made.
	 * @param table the table
	 * @param column the column, which is NULL in every row
	 */
	public void leaveEmpty(TableName table, ColumnName column) {
		this.empty.add(table + "." + column);
	}

	/**
	 * Claim a column to give it its first values.
	 * @param table the table
	 * @param column the column
	 * @return whether no other operation of the change is about it, or only the one that
	 * has made it and left it empty
	 */
	public boolean fill(TableName table, ColumnName column) {
		String what = table + "." + column;
		if (this.empty.remove(what)) {
			this.owners.put(what, this.operation);
		}
		return alone(what);
	}

	private int claim(String what, int owner) {
		return this.owners.merge(what, owner, (first, second) -> first);
	}

}
