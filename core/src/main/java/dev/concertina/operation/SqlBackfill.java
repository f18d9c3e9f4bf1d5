package dev.concertina.operation;

import java.util.List;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.RangedSql;
import dev.concertina.schema.Column;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * An {@code UPDATE} of existing rows in small ranges.
 *
 * @param table the table
 * @param set what follows {@code SET}, such as {@code total = price * quantity}
 * @param where which rows are still to be done; false for a row that is done
 */
public record SqlBackfill(TableName table, String set, SqlExpression where) {

	public SqlBackfill {
		StatementPart.require("set", set);
	}

	/**
	 * Return the backfill.
	 * @param table the table
	 * @param set what follows {@code SET}
	 * @param where which rows are still to be done
	 * @return the backfill
	 */
	public static SqlBackfill of(String table, String set, String where) {
		return new SqlBackfill(TableName.of(table), set, SqlExpression.of(where));
	}

	/**
	 * Return the columns that are read or written.
	 */
	List<Column> columns(Table found) {
		return found.columnsIn(SqlExpression.of(this.set));
	}

	Backfill step(Table found) {
		return new Backfill("update %s".formatted(found.name()), found.name(),
				List.of(new RangedSql("UPDATE", " SET %s\nWHERE".formatted(this.set), this.where.enclosed())));
	}

	/**
	 * Return the comparison that finds what is still to be done: a row that a writer has
	 * moved past its range meanwhile.
	 */
	SqlVerify verify() {
		return new SqlVerify(this.table,
				SqlExpression.of("CASE WHEN %s THEN 'missing' END".formatted(this.where.enclosed())));
	}

}
