package dev.concertina.operation;

import dev.concertina.plan.Check;
import dev.concertina.plan.RangedSql;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A comparison of every row of a table.
 *
 * @param table the table
 * @param difference what is wrong with a row: 'missing', 'different' or 'extra', and NULL
 * if nothing is
 */
public record SqlVerify(TableName table, SqlExpression difference) {

	/**
	 * Return the comparison.
	 * @param table the table
	 * @param difference what is wrong with a row
	 * @return the comparison
	 */
	public static SqlVerify of(String table, String difference) {
		return new SqlVerify(TableName.of(table), SqlExpression.of(difference));
	}

	Check step(Table found) {
		return new Check("compare %s".formatted(found.name()), found.name(),
				new RangedSql("SELECT %s AS key, CAST(%s AS text) AS difference FROM".formatted(RowSql.key(found),
						this.difference.enclosed()), " WHERE", ""));
	}

}
