package dev.concertina.schema;

import java.util.Set;

/**
 * An SQL expression over the columns of one row, written without a qualifier.
 *
 * @param sql the expression; one expression and nothing else, which its tokens prove
 */
public record SqlExpression(String sql) {

	public SqlExpression {
		SqlTokens.of(sql);
	}

	/**
	 * Return an expression.
	 * @param sql the expression
	 * @return the expression
	 */
	public static SqlExpression of(String sql) {
		return new SqlExpression(sql);
	}

	/**
	 * Return the expression that is the value of a column.
	 * @param column the column
	 * @return the expression
	 */
	public static SqlExpression of(ColumnName column) {
		return new SqlExpression(column.quoted());
	}

	/**
	 * Return the names that occur in the expression: at least those of all columns that
	 * its value depends on.
	 * @return the names, folded as PostgreSQL folds them
	 */
	public Set<String> names() {
		return SqlTokens.of(this.sql).names();
	}

	/**
	 * Return the names that are called as functions.
	 * @return the names, folded as PostgreSQL folds them
	 */
	public Set<String> functions() {
		return SqlTokens.of(this.sql).functions();
	}

	/**
	 * Return whether the expression holds a comment, which could swallow what is written
	 * behind it.
	 * @return {@code true} if there is one outside of strings and quoted names
	 */
	public boolean hasComment() {
		return SqlTokens.of(this.sql).hasComment();
	}

	/**
	 * Return the expression in parentheses, the last one on a line of its own where a
	 * comment could swallow it.
	 * @return the expression in parentheses
	 */
	public String enclosed() {
		String text = this.sql.strip();
		return "(" + text + (text.contains("--") ? "\n)" : ")");
	}

	@Override
	public String toString() {
		return this.sql;
	}

}
