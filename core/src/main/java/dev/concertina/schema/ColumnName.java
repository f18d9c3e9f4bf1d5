package dev.concertina.schema;

/**
 * The exact name of a column.
 *
 * @param value the name as it is in the catalog
 */
public record ColumnName(String value) {

	public ColumnName {
		new Identifier(value);
	}

	/**
	 * Return the name of a column.
	 * @param value the name as it is in the catalog
	 * @return the name
	 */
	public static ColumnName of(String value) {
		return new ColumnName(value);
	}

	/**
	 * Return the name as it is written in SQL.
	 * @return the quoted name
	 */
	public String quoted() {
		return Identifier.quoted(this.value);
	}

	/**
	 * Return the name as it is written in SQL behind the alias of its row.
	 * @param row the alias, such as {@code NEW}
	 * @return the qualified, quoted name
	 */
	public String of(Row row) {
		return row.sql() + "." + quoted();
	}

	/**
	 * The rows that generated SQL speaks of.
	 */
	public enum Row {

		/** The row of the source table in a batch or a check. */
		SOURCE("source"),

		/** The row that a trigger is about to write or has written. */
		NEW("NEW"),

		/** The row before the statement that fired a trigger. */
		OLD("OLD");

		private final String sql;

		Row(String sql) {
			this.sql = sql;
		}

		/**
		 * Return the alias.
		 * @return the alias in SQL
		 */
		public String sql() {
			return this.sql;
		}

	}

	@Override
	public String toString() {
		return this.value;
	}

}
