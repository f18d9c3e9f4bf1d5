package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;

/**
 * Two columns of one table that hold the same information, kept in step in both
 * directions until the old one is dropped.
 *
 * <p>
 * What the trigger does, before each row is written:
 * <ol>
 * <li>INSERT: the side that was given wins. The new side has no default, so NULL means it
 * was not given; the old side was not given either if it holds its default. Both given:
 * both stand. With the marker {@code concertina.writes = new} the new side wins, NULL
 * included.</li>
 * <li>UPDATE: the side that the statement changed wins, by value. Both changed: both
 * stand.</li>
 * <li>UPDATE that changes neither side of a row that was not copied yet: it is copied, as
 * the write may move the row out of its chunk. This part ends with the backfill.</li>
 * </ol>
 *
 * @param table the table
 * @param from the old column
 * @param to the new column
 * @param up the new value from the old row
 * @param down the old value from the new row
 * @param defaultValue the default that the new column gets at the contract
 */
record ColumnPair(Table table, Column from, Column to, SqlExpression up, SqlExpression down,
		@Nullable SqlExpression defaultValue) {

	void addTo(Plan.Builder plan) {
		SyncTrigger trigger = trigger(plan);
		DualWrite sync = trigger
			.dualWrite("keep %s.%s and %s in step".formatted(this.table.name(), this.from.name(), this.to.name()));
		plan.expand(addColumn())
			.dualWrite(sync, trigger.narrow())
			.backfill(copy())
			.verify(compare())
			.contract(dropOld(sync));
		if (!this.from.nullable()) {
			NotNull.steps(this.table, this.to.name()).forEach(plan::contract);
		}
		plan.afterBackfill(Statistics.of(this.table));
	}

	private Ddl addColumn() {
		String table = this.table.name().quoted();
		String column = this.to.name().quoted();
		return Ddl.of("add column %s to %s".formatted(this.to.name(), this.table.name()),
				TableLock.exclusive(this.table.name()),
				"ALTER TABLE %s ADD COLUMN %s %s".formatted(table, column, this.to.type()),
				"ALTER TABLE IF EXISTS %s DROP COLUMN IF EXISTS %s".formatted(table, column));
	}

	private SyncTrigger trigger(Plan.Builder plan) {
		Names names = new Names(plan);
		List<Column> sides = new ArrayList<>(sources());
		sides.add(this.to);
		String guard = RowSql.notInBatch(plan);
		SyncTrigger trigger = new SyncTrigger(this.table, names, guard, guard, RowSql.changed(sides));
		return trigger.calling(RowSql.function(names.function("sync"), plan.settings().functionClauses(), body()))
			.withNullMarker(this.to, RowSql.function(names.function("null"), plan.settings().functionClauses(),
					"BEGIN\n  %s\n  RETURN NEW;\nEND".formatted(RowSql.assign(this.from, this.down))));
	}

	private String body() {
		String up = RowSql.assign(this.to, this.up);
		String down = RowSql.assign(this.from, this.down);
		String newGiven = this.to.name().of(Row.NEW) + " IS NOT NULL";
		return """
				BEGIN
				  IF TG_OP = 'INSERT' THEN
				    IF current_setting('concertina.writes', true) = 'new' THEN
				      %2$s
				    ELSIF NOT (%3$s) THEN
				      %1$s
				    ELSIF %4$s THEN
				      %2$s
				    END IF;
				  ELSIF %6$s THEN
				    IF NOT (%7$s) THEN
				      %2$s
				    END IF;
				  ELSIF %5$s OR NOT (%3$s) THEN
				    %1$s
				  END IF;
				  RETURN NEW;
				END""".formatted(up, down, newGiven, oldNotGiven(), RowSql.changed(sources()), RowSql.changed(this.to),
				RowSql.changed(this.from));
	}

	private String oldNotGiven() {
		String old = this.from.name().of(Row.NEW);
		SqlExpression given = this.from.defaultValue();
		if (given == null) {
			return old + " IS NULL";
		}
		return "%s IS NULL OR %s".formatted(old,
				RowSql.same(old, "CAST(%s AS %s)".formatted(given.enclosed(), this.from.type())));
	}

	private List<Column> sources() {
		List<Column> sources = new ArrayList<>(this.table.columnsIn(this.up));
		sources.remove(this.to);
		if (!sources.contains(this.from)) {
			sources.add(this.from);
		}
		return sources;
	}

	private Backfill copy() {
		return new Backfill("copy %s.%s to %s".formatted(this.table.name(), this.from.name(), this.to.name()),
				this.table.name(),
				List.of(new RangedSql("UPDATE",
						" SET %s = %s WHERE".formatted(this.to.name().quoted(), RowSql.converted(this.to, this.up)),
						RowSql.notCopied(this.table, this.to, this.up))));
	}

	private Check compare() {
		String value = this.to.name().of(Row.SOURCE);
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN %s THEN NULL
				            WHEN %s IS NULL THEN 'missing'
				            ELSE 'different' END AS difference
				  FROM""".formatted(RowSql.key(this.table), equal(), value);
		return new Check("%s.%s equals %s".formatted(this.table.name(), this.to.name(), this.from.name()),
				this.table.name(), new RangedSql(comparison, " WHERE", ""));
	}

	/**
	 * Equal if one side is what the other maps to: a mapping may lose precision in one
	 * direction.
	 */
	private String equal() {
		String fresh = this.to.name().of(Row.SOURCE);
		String old = this.from.name().of(Row.SOURCE);
		return "%s OR (%s IS NOT NULL AND %s)".formatted(RowSql.same(fresh, cast(this.to, this.up)), fresh,
				RowSql.same(old, cast(this.from, this.down)));
	}

	private static String cast(Column column, SqlExpression value) {
		return "CAST(%s AS %s)".formatted(RowSql.converted(column, value), column.type());
	}

	private Ddl dropOld(DualWrite sync) {
		String table = this.table.name().quoted();
		List<String> statements = new ArrayList<>();
		if (this.defaultValue != null) {
			statements.add("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s".formatted(table, this.to.name().quoted(),
					this.defaultValue.enclosed()));
		}
		statements.addAll(sync.drop());
		statements.add("ALTER TABLE %s DROP COLUMN IF EXISTS %s".formatted(table, this.from.name().quoted()));
		return Ddl.irreversible("drop column %s.%s".formatted(this.table.name(), this.from.name()),
				List.of(TableLock.exclusive(this.table.name())), statements);
	}

	Table after() {
		return this.table.without(this.from.name()).with(this.to.withNullable(this.from.nullable()));
	}

}
