package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;

/**
 * A new column whose value is computed wherever the old version writes without it.
 *
 * <p>
 * What the trigger does, before each row is written:
 * <ol>
 * <li>INSERT without the column: compute it.</li>
 * <li>UPDATE that changes what it is computed from, but not it: compute it again, if it
 * still is what was computed; a value that the new version has given stays.</li>
 * <li>UPDATE to NULL: compute it; until the contract NULL means that it was not
 * given.</li>
 * <li>UPDATE of a row that was not copied yet: compute it, as the write may move the row
 * out of its chunk.</li>
 * </ol>
 *
 * @param table the table
 * @param column the new column
 * @param value its value, an expression over the other columns
 * @param always whether the value is never NULL, and need not be computed to know that
 */
record FilledColumn(Table table, Column column, SqlExpression value, boolean always) {

	SyncTrigger trigger(PlanBuilder plan) {
		List<Column> sources = this.table.columnsIn(this.value);
		String changed = sources.isEmpty() ? "false" : RowSql.changed(sources);
		List<Column> columns = new ArrayList<>(sources);
		columns.add(this.column);
		String isNull = this.column.name().of(Row.NEW) + " IS NULL";
		String wasGiven = this.column.name().of(Row.OLD) + " IS NOT NULL";
		return new SyncTrigger(this.table, columns, plan).calling(body())
			.atInsert(isNull)
			.atUpdate(RowSql.notTheFirst(List.of(this.column)),
					"%s OR %s AND %s AND NOT (%s)".formatted(isNull, wasGiven, changed, RowSql.changed(this.column)));
	}

	private String body() {
		String column = this.column.name().quoted();
		return """
				DECLARE
				  concertina_computed %1$s;
				BEGIN
				  IF NEW.%2$s IS NOT NULL THEN
				    SELECT %3$s INTO concertina_computed FROM (SELECT OLD.*) AS source;
				    IF %4$s THEN
				      RETURN NEW;
				    END IF;
				  END IF;
				  %5$s
				  RETURN NEW;
				END""".formatted(this.column.type(), column, RowSql.converted(this.column, this.value),
				RowSql.different("OLD." + column, "concertina_computed"), RowSql.assign(this.column, this.value));
	}

	Backfill copy() {
		return new Backfill("fill %s.%s".formatted(this.table.name(), this.column.name()), this.table.name(),
				List.of(new RangedSql("UPDATE",
						" SET %s = %s WHERE".formatted(this.column.name().quoted(),
								RowSql.converted(this.column, this.value)),
						this.always ? this.column.name().of(Row.SOURCE) + " IS NULL"
								: RowSql.notCopied(this.table, this.column, this.value))));
	}

	Check isFilled() {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN %s IS NULL%s THEN 'missing' END AS difference
				  FROM""".formatted(RowSql.key(this.table), this.column.name().of(Row.SOURCE),
				this.always ? "" : " AND %s IS NOT NULL".formatted(this.value.enclosed()));
		return new Check("%s.%s is filled".formatted(this.table.name(), this.column.name()), this.table.name(),
				new RangedSql(comparison, " WHERE", ""))
			.repairedBy(copy().statements());
	}

}
