package dev.concertina.schema;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One constraint of a table as the catalog has it.
 *
 * @param name its name
 * @param kind what it is
 * @param definition what follows its name where it is added, {@code NOT VALID} included
 * @param columns the columns that it is about
 * @param references the table that a foreign key refers to, {@code null} if it is none
 * @param referencedColumns the columns that a foreign key refers to
 * @param inherited whether the table has it from a parent, or as a partition
 * @param dependants what needs it: foreign keys, views, the replica identity
 * @param comment what people are told about it, or {@code null}
 */
public record Constraint(Identifier name, Kind kind, String definition, List<ColumnName> columns,
		@Nullable TableName references, List<ColumnName> referencedColumns, boolean inherited, List<String> dependants,
		@Nullable String comment) {

	public Constraint {
		columns = List.copyOf(columns);
		referencedColumns = List.copyOf(referencedColumns);
		dependants = List.copyOf(dependants);
	}

	/**
	 * What a constraint is.
	 */
	public enum Kind {

		/** {@code CHECK (…)}. */
		CHECK,

		/** {@code FOREIGN KEY (…) REFERENCES …}. */
		FOREIGN_KEY,

		/** {@code UNIQUE (…)}. */
		UNIQUE,

		/** {@code PRIMARY KEY (…)}. */
		PRIMARY_KEY,

		/** {@code EXCLUDE USING … (…)}. */
		EXCLUSION,

		/** {@code NOT NULL}, a constraint with a name from PostgreSQL 18 on. */
		NOT_NULL,

		/** {@code CREATE CONSTRAINT TRIGGER}. */
		TRIGGER;

		/**
		 * Return whether it is made of an index.
		 * @return {@code true} for keys and exclusions
		 */
		public boolean isIndexed() {
			return this == UNIQUE || this == PRIMARY_KEY || this == EXCLUSION;
		}

		/**
		 * Return what people call it.
		 * @return such as {@code foreign key}
		 */
		public String describe() {
			return (this == NOT_NULL) ? "NOT NULL" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
		}

	}

}
