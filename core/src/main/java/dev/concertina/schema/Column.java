package dev.concertina.schema;

import org.jspecify.annotations.Nullable;

/**
 * One column as the catalog has it.
 *
 * @param name the name
 * @param type the type in canonical form, with its modifiers
 * @param nullable whether it accepts NULL
 * @param defaultValue the default, or {@code null} if there is none
 * @param generation how PostgreSQL fills it by itself
 */
public record Column(ColumnName name, SqlType type, boolean nullable, @Nullable SqlExpression defaultValue,
		Generation generation) {

	/**
	 * How PostgreSQL fills a column by itself.
	 */
	public enum Generation {

		/** Not at all, or by a default. */
		NONE,

		/** From a sequence, {@code GENERATED … AS IDENTITY}. */
		IDENTITY,

		/** From other columns, {@code GENERATED ALWAYS AS (…)}. */
		EXPRESSION

	}

	/**
	 * Return whether PostgreSQL computes the value itself, so that nobody can write it.
	 * @return {@code true} for a generated column
	 */
	public boolean isGenerated() {
		return this.generation == Generation.EXPRESSION;
	}

	/**
	 * Return this column with another name.
	 * @param value the name
	 * @return the column
	 */
	public Column withName(ColumnName value) {
		return new Column(value, this.type, this.nullable, this.defaultValue, this.generation);
	}

	/**
	 * Return this column with another nullability.
	 * @param value whether it accepts NULL
	 * @return the column
	 */
	public Column withNullable(boolean value) {
		return new Column(this.name, this.type, value, this.defaultValue, this.generation);
	}

	/**
	 * Return this column with another default.
	 * @param value the default, or {@code null} for none
	 * @return the column
	 */
	public Column withDefault(@Nullable SqlExpression value) {
		return new Column(this.name, this.type, this.nullable, value, this.generation);
	}

}
