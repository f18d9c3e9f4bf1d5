package dev.concertina.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One index as the catalog has it.
 *
 * @param name its qualified name
 * @param table the qualified name of its table
 * @param kind what it is made of
 * @param valid whether queries may use it; not if it is what a broken attempt has left
 * @param columns the columns that it reads, in any place
 * @param constraint the key or exclusion that it backs, {@code null} if it is an index
 * and no more
 * @param parent the index of the partitioned table that it is a part of, or {@code null}
 * @param dependants what needs it: foreign keys, the replica identity
 * @param comment what people are told about it, or {@code null}
 */
public record Index(TableName name, TableName table, Kind kind, boolean valid, List<ColumnName> columns,
		@Nullable Identifier constraint, @Nullable TableName parent, List<String> dependants,
		@Nullable String comment) {

	public Index {
		columns = List.copyOf(columns);
		dependants = List.copyOf(dependants);
	}

	/**
	 * What an index is made of.
	 */
	public enum Kind {

		/** A file of its own. */
		ORDINARY,

		/** The same, of an exclusion constraint: it can't be built beside writes. */
		EXCLUSION,

		/** The indexes of the partitions of its table. */
		PARTITIONED

	}

}
