package dev.concertina.docs;

import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a version of an application writes into its column, {@code mail} or {@code email}.
 *
 * @param version which version writes
 * @param value what it writes
 */
record ColumnWrite(Version version, Value value) {

	/**
	 * Returns the statement.
	 */
	String sql(String table, Moment moment) {
		String column = this.version.column;
		String literal = this.value.literal;
		int row = moment.row();
		if (moment == Moment.INSERT) {
			return (literal != null) ? "INSERT INTO %s (id, %s) VALUES (%d, %s)".formatted(table, column, row, literal)
					: "INSERT INTO %s (id) VALUES (%d)".formatted(table, row);
		}
		return (literal != null) ? "UPDATE %s SET %s = %s WHERE id = %d".formatted(table, column, literal, row)
				: "UPDATE %s SET note = 'touched' WHERE id = %d".formatted(table, row);
	}

	private @Nullable String meant(Moment moment, Column column) {
		return switch (this.value) {
			case VALUE -> "w";
			case NULL -> null;
			case DEFAULT -> column.defaultValue;
			case NOTHING -> (moment == Moment.INSERT) ? column.defaultValue : "a";
		};
	}

	@Override
	public String toString() {
		return "%s %s".formatted(this.version, this.value);
	}

	/**
	 * Who writes.
	 */
	enum Version {

		OLD("mail", "old"), NEW("email", "new"), MARKED("email", "new, with the marker");

		private final String column;

		private final String description;

		Version(String column, String description) {
			this.column = column;
			this.description = description;
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

	/**
	 * What is written.
	 */
	enum Value {

		VALUE("'w'", "`'w'`"), DEFAULT("DEFAULT", "`DEFAULT`"), NULL("NULL", "`NULL`"), NOTHING(null, "left out");

		private final @Nullable String literal;

		private final String description;

		Value(@Nullable String literal, String description) {
			this.literal = literal;
			this.description = description;
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

	/**
	 * When it is written.
	 */
	enum Moment {

		INSERT(10, "INSERT"), NOT_COPIED(1, "UPDATE, row not copied"), COPIED(2, "UPDATE, row copied");

		private final int row;

		private final String description;

		Moment(int row, String description) {
			this.row = row;
			this.description = description;
		}

		int row() {
			return this.row;
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

	/**
	 * The column that is renamed, in a table of its own.
	 */
	enum Column {

		PLAIN(null, ""), DEFAULTED("d", " DEFAULT 'd'");

		private final @Nullable String defaultValue;

		private final String clause;

		Column(@Nullable String defaultValue, String clause) {
			this.defaultValue = defaultValue;
			this.clause = clause;
		}

		String table() {
			return name().toLowerCase(Locale.ROOT);
		}

		String create() {
			return "CREATE TABLE %s (id bigint PRIMARY KEY, mail text%s, note text)".formatted(table(), this.clause);
		}

		String seed() {
			return "INSERT INTO %s VALUES (%d, 'a'), (%d, 'a')".formatted(table(), Moment.NOT_COPIED.row(),
					Moment.COPIED.row());
		}

		@Override
		public String toString() {
			return (this.defaultValue == null) ? "no default" : "default `'%s'`".formatted(this.defaultValue);
		}

	}

	/**
	 * What both columns hold after a write.
	 */
	record Outcome(Column column, Moment moment, ColumnWrite write, @Nullable String oldValue,
			@Nullable String newValue) {

		/**
		 * Returns whether the new column holds what the writer meant, as if there were no
		 * other one.
		 */
		boolean isMeant() {
			return Objects.equals(this.newValue, this.write.meant(this.moment, this.column));
		}

		@Override
		public String toString() {
			return "%s: %s: %s: %s, %s".formatted(this.column, this.moment, this.write, this.oldValue, this.newValue);
		}

	}

}
