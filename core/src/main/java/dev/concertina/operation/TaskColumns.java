package dev.concertina.operation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.plan.TaskCall;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Table;

/**
 * Columns that a task computes from others of the same row. A row that was not computed
 * has NULL in all of them, while what they are computed from is not all NULL.
 *
 * <p>
 * What the trigger does, before each row is written: an UPDATE that changes what the
 * columns are computed from, but none of them, sets them to NULL. So does a batch, if a
 * trigger of a user changes what it has computed from.
 *
 * @param table the table
 * @param into the columns that are computed
 * @param from the columns that they are computed from
 * @param task the name of the task
 */
record TaskColumns(Table table, List<Column> into, List<Column> from, String task) {

	TaskColumns {
		into = List.copyOf(into);
		from = List.copyOf(from);
	}

	String names() {
		return this.into.stream().map((column) -> column.name().value()).collect(Collectors.joining(", "));
	}

	/**
	 * Return the triggers that clear.
	 */
	SyncTrigger trigger(PlanBuilder plan) {
		List<Column> columns = Stream.concat(this.from.stream(), this.into.stream()).toList();
		String changed = RowSql.changed(this.from);
		String stale = "%s AND (NOT (%s) OR NOT (%s))".formatted(changed, RowSql.changed(this.into),
				RowSql.notInBatch(plan));
		String clear = this.into.stream()
			.map((column) -> column.name().of(Row.NEW) + " := NULL;")
			.collect(Collectors.joining(" "));
		return new SyncTrigger(this.table, columns, plan).atUpdate(changed, stale, clear);
	}

	DualWrite clear(SyncTrigger trigger) {
		return trigger
			.dualWrite("clear %s.%s where what it is computed from is written".formatted(this.table.name(), names()));
	}

	/**
	 * Return the backfill of the rows that were not computed, or of all where nothing
	 * clears those that have changed since.
	 */
	Backfill fill(KeptBy keptBy) {
		String concerned = (keptBy == KeptBy.TRIGGERS) ? isNotComputed() : hasSource();
		String columns = this.from.stream()
			.map((column) -> column.name().of(Row.SOURCE))
			.collect(Collectors.joining(", "));
		RangedSql read = new RangedSql("SELECT %s, source.ctid::text FROM".formatted(columns), "\nWHERE", concerned,
				"\nFOR NO KEY UPDATE");
		return new Backfill("compute %s.%s by the task %s".formatted(this.table.name(), names(), this.task),
				this.table.name(), List.of(read, write()),
				new TaskCall(this.task,
						this.into.stream()
							.map((column) -> new TaskCall.Target(column.name(), column.type()))
							.toList()));
	}

	/**
	 * Return the backfill that takes away what was computed from what is no longer there.
	 */
	Backfill empty() {
		String set = this.into.stream()
			.map((column) -> column.name().quoted() + " = NULL")
			.collect(Collectors.joining(", "));
		return new Backfill(
				"clear %s.%s where it has nothing to be computed from".formatted(this.table.name(), names()),
				this.table.name(), List.of(new RangedSql("UPDATE", " SET %s WHERE".formatted(set),
						"NOT %s AND NOT (%s)".formatted(hasSource(), RowSql.areNull(this.into, Row.SOURCE)))));
	}

	/**
	 * The values come as texts, so that the server reads them as it reads any literal of
	 * the type.
	 */
	private RangedSql write() {
		String set = IntStream.range(0, this.into.size())
			.mapToObj((number) -> "%s = CAST(computed.value_%d AS %s)".formatted(this.into.get(number).name().quoted(),
					number + 1, this.into.get(number).type().withoutModifier()))
			.collect(Collectors.joining(", "));
		String arrays = Stream
			.concat(Stream.of("CAST(CAST(? AS text[]) AS tid[])"),
					this.into.stream().map((column) -> "CAST(? AS text[])"))
			.collect(Collectors.joining(", "));
		String values = IntStream.rangeClosed(1, this.into.size())
			.mapToObj((number) -> ", value_" + number)
			.collect(Collectors.joining("", "position", ""));
		return new RangedSql("UPDATE",
				" SET %s\nFROM unnest(%s) AS computed (%s)\nWHERE".formatted(set, arrays, values),
				"source.ctid = computed.position");
	}

	Check isFilled(Backfill fill) {
		String comparison = "SELECT %s AS key, CASE WHEN %s THEN 'missing' END AS difference FROM"
			.formatted(RowSql.key(this.table), isNotComputed());
		return new Check("%s.%s is computed".formatted(this.table.name(), names()), this.table.name(),
				new RangedSql(comparison, "\nWHERE", ""))
			.computedBy(fill);
	}

	Ddl stopClearing(DualWrite clear) {
		return Ddl.of("stop clearing %s.%s".formatted(this.table.name(), names()),
				List.of(TableLock.exclusive(this.table.name())), clear.drop(), clear.drop());
	}

	private String isNotComputed() {
		return "%s AND %s".formatted(RowSql.areNull(this.into, Row.SOURCE), hasSource());
	}

	private String hasSource() {
		return this.from.stream()
			.map((column) -> column.name().of(Row.SOURCE) + " IS NOT NULL")
			.collect(Collectors.joining(" OR ", "(", ")"));
	}

}
