package dev.concertina.operation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Forbids NULL in a column. With an expression, NULLs that are there and that the old
 * version still writes are replaced by it; without, they keep the change from its
 * contract.
 *
 * @param table the table
 * @param column the column
 * @param up the value in place of NULL, an expression over the columns of the table
 */
public record SetNotNull(TableName table, ColumnName column, @Nullable SqlExpression up) implements Operation {

	/**
	 * Return the operation that replaces no NULL.
	 * @param table the table
	 * @param column the column
	 * @return the operation
	 */
	public static SetNotNull of(String table, String column) {
		return new SetNotNull(TableName.of(table), ColumnName.of(column), null);
	}

	/**
	 * Return the operation that replaces NULLs.
	 * @param value the value in place of NULL
	 * @return the operation
	 */
	public SetNotNull replacingNullBy(String value) {
		return new SetNotNull(this.table, this.column, SqlExpression.of(value));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column nullable = found.column(this.column);
		if (!nullable.nullable()) {
			throw new InvalidDefinitionException(
					"Column %s.%s is NOT NULL already".formatted(found.name(), this.column), "Remove the operation.");
		}
		Requirements.chunks(found);
		Requirements.alone(plan, found, this.column);
		plan.verify(proof(found, nullable));
		NotNull.steps(found, this.column).forEach(plan::contract);
		if (this.up != null) {
			Requirements.compiles(before, found, "up", this.up, nullable.type());
			Requirements.lastToFire(before, found, this.column);
			UncheckedBatch.refuse(before, plan, found, List.of(nullable));
			replaceNulls(plan, found, nullable, this.up);
		}
		return before.with(found.with(nullable.withNullable(false)));
	}

	private void replaceNulls(PlanBuilder plan, Table found, Column nullable, SqlExpression value) {
		String isNull = this.column.of(Row.NEW) + " IS NULL";
		String body = "BEGIN\n  %s\n  RETURN NEW;\nEND".formatted(RowSql.assign(nullable, value));
		SyncTrigger trigger = new SyncTrigger(found, List.of(nullable), plan).calling(body)
			.atInsert(isNull)
			.atUpdate(isNull, isNull);
		DualWrite fill = trigger
			.dualWrite("replace NULL in what is written to %s.%s".formatted(found.name(), this.column));
		plan.dualWrite(fill, trigger.narrow())
			.backfill(new Backfill("replace NULL in %s.%s".formatted(found.name(), this.column), found.name(),
					List.of(replace(nullable, value))))
			.contract(Ddl.of("stop replacing NULL in %s.%s".formatted(found.name(), this.column),
					List.of(TableLock.exclusive(found.name())), fill.drop(), fill.drop()));
	}

	private Check proof(Table found, Column nullable) {
		Check proof = NotNull.proof(found, this.column);
		return (this.up != null) ? proof.repairedBy(List.of(replace(nullable, this.up))) : proof;
	}

	private RangedSql replace(Column nullable, SqlExpression value) {
		return new RangedSql("UPDATE",
				" SET %s = %s WHERE".formatted(this.column.quoted(), RowSql.converted(nullable, value)),
				"%s IS NULL".formatted(this.column.of(Row.SOURCE)));
	}

}
