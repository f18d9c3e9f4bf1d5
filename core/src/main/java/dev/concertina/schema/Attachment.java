package dev.concertina.schema;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Something that a table has because of a column, and that another column can have in its
 * place: an index, a constraint, extended statistics.
 *
 * @param kind what it is
 * @param name its name
 * @param definition how it is defined for the other column, from the point on where the
 * names of itself and of its table end
 * @param clauses what is said behind a constraint, such as {@code ON DELETE CASCADE}
 * @param other the table at the other end of a foreign key, {@code null} if it is none
 * @param validated whether it was checked for all rows
 * @param comment what people are told about it, or {@code null}
 */
public record Attachment(Kind kind, Identifier name, String definition, String clauses, @Nullable TableName other,
		boolean validated, @Nullable String comment) {

	/**
	 * Return what people call it.
	 * @return such as {@code Index customer_mail_idx}
	 */
	public String describe() {
		String kind = this.kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
		return Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + " " + this.name;
	}

	/**
	 * Return the same with another definition.
	 * @param value the definition
	 * @return the attachment
	 */
	public Attachment definedAs(String value) {
		return new Attachment(this.kind, this.name, value, this.clauses, this.other, this.validated, this.comment);
	}

	/**
	 * What can be carried from one column to another.
	 */
	public enum Kind {

		/** {@code USING btree (…)}. */
		INDEX,

		/** {@code USING btree (…)}, of values that differ. */
		UNIQUE_INDEX,

		/** A constraint with an index: {@code USING btree (…)}. */
		UNIQUE,

		/** A constraint with an index: {@code USING btree (…)}. */
		PRIMARY_KEY,

		/** {@code CHECK (…)}. */
		CHECK,

		/** {@code FOREIGN KEY (…) REFERENCES …} of the table itself. */
		FOREIGN_KEY,

		/** {@code FOREIGN KEY (…) REFERENCES …} of another table, to this one. */
		REFERENCE,

		/** {@code (mcv) ON …}. */
		STATISTICS;

		/**
		 * Return whether it is, or needs, an index.
		 * @return {@code true} for indexes and the constraints that are made of one
		 */
		public boolean isIndexed() {
			return this == INDEX || this == UNIQUE_INDEX || this == UNIQUE || this == PRIMARY_KEY;
		}

		/**
		 * Return whether the index forbids a value twice.
		 * @return {@code true} for unique indexes and keys
		 */
		public boolean isUnique() {
			return isIndexed() && this != INDEX;
		}

	}

}
