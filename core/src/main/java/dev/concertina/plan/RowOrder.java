package dev.concertina.plan;

import java.util.List;

import dev.concertina.schema.ColumnName;

/**
 * In which order the rows of a source are gone over.
 *
 * @param byKey whether to go by a key even where the source has blocks. Blocks are right
 * only where triggers carry every write: a write by an application moves a row to another
 * block, but not to another key
 * @param key the columns to go by where there are no blocks, or not by them; they are
 * never NULL, and best an index sorts them. Empty for the primary key, or else a unique
 * index over columns that forbid NULL. A view and a foreign table need them
 */
public record RowOrder(boolean byKey, List<ColumnName> key) {

	/** By blocks where the source has some, else by the key of an index. */
	public static final RowOrder DEFAULT = new RowOrder(false, List.of());

	public RowOrder {
		key = List.copyOf(key);
	}

	/**
	 * Return the order of a key.
	 * @param columns its columns, none for that of an index
	 * @return the order
	 */
	public static RowOrder ofKey(ColumnName... columns) {
		return new RowOrder(true, List.of(columns));
	}

}
