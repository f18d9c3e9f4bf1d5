package dev.concertina.operation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
import dev.concertina.schema.Table;

/**
 * Old and new columns of one table that hold the same information, kept in step in both
 * directions until the old ones are dropped.
 *
 * <p>
 * What the trigger does, before each row is written:
 * <ol>
 * <li>INSERT: the side that was given wins. The new side has no default, so NULL in all
 * its columns means it was not given; the old side was not given either if it holds its
 * defaults. Both given: both stand. With the marker {@code concertina.writes = new} the
 * new side wins, NULL included.</li>
 * <li>UPDATE: the side that the statement changed wins, by value. Both changed: both
 * stand.</li>
 * <li>UPDATE that changes neither side of a row that was not copied yet: it is copied, as
 * the write may move the row out of its chunk.</li>
 * </ol>
 *
 * @param table the table
 * @param from the old columns, with their values from the new row
 * @param to the new columns, with their values from the old row
 * @param hidden whether nobody but us knows the new columns: they follow the old ones
 */
record ColumnMapping(Table table, List<MappedColumn> from, List<MappedColumn> to, boolean hidden) {

	ColumnMapping {
		from = List.copyOf(from);
		to = List.copyOf(to);
	}

	/**
	 * Add the steps, all but those that make the new columns and drop the old ones.
	 */
	DualWrite addTo(PlanBuilder plan) {
		return addTo(plan, "true");
	}

	/**
	 * Add the steps.
	 * @param complete the condition that the old columns of a row hold nothing but what
	 * the new ones take over
	 */
	DualWrite addTo(PlanBuilder plan, String complete) {
		SyncTrigger trigger = trigger(plan);
		DualWrite sync = trigger
			.dualWrite("keep %s.%s and %s in step".formatted(this.table.name(), names(this.from), names(this.to)));
		if (!this.hidden) {
			plan.writableByApplication();
		}
		plan.dualWrite(sync, trigger.narrow()).backfill(copy()).verify(compare(complete));
		return sync;
	}

	Ddl addColumns(Function<Column, String> clauses, List<String> settings) {
		String table = this.table.name().quoted();
		List<String> statements = new ArrayList<>();
		List<String> undo = new ArrayList<>();
		for (Column column : columns(this.to)) {
			statements.add("ALTER TABLE %s ADD COLUMN %s %s%s".formatted(table, column.name().quoted(), column.type(),
					clauses.apply(column)));
			undo.add("ALTER TABLE IF EXISTS %s DROP COLUMN IF EXISTS %s".formatted(table, column.name().quoted()));
		}
		statements.addAll(settings);
		return Ddl.of("add column %s to %s".formatted(names(this.to), this.table.name()),
				List.of(TableLock.exclusive(this.table.name())), statements, undo);
	}

	private SyncTrigger trigger(PlanBuilder plan) {
		Set<Column> sides = new LinkedHashSet<>(sources());
		sides.addAll(columns(this.to));
		String few = this.hidden ? RowSql.notTheFirst(columns(this.to)) : RowSql.notInBatch(plan);
		SyncTrigger trigger = new SyncTrigger(this.table, sides, plan).calling(body())
			.atInsert()
			.atUpdate(few, "%s OR %s".formatted(areNull(this.to, Row.OLD), RowSql.changed(sides)));
		return this.hidden ? trigger : trigger.withNullMarker(columns(this.to),
				"BEGIN\n  %s\n  RETURN NEW;\nEND".formatted(RowSql.assign(this.from)));
	}

	private String body() {
		if (this.hidden) {
			return "BEGIN\n  %s\n  RETURN NEW;\nEND".formatted(RowSql.assign(this.to));
		}
		return """
				BEGIN
				  IF TG_OP = 'INSERT' THEN
				    IF current_setting('concertina.writes', true) = 'new' THEN
				      %2$s
				    ELSIF %3$s THEN
				      %1$s
				    ELSIF %4$s THEN
				      %2$s
				    END IF;
				  ELSIF %6$s THEN
				    IF NOT (%7$s) THEN
				      %8$s%2$s
				    END IF;
				  ELSIF %5$s OR (%3$s) THEN
				    %1$s
				  END IF;
				  RETURN NEW;
				END""".formatted(RowSql.assign(this.to), RowSql.assign(this.from), areNull(this.to, Row.NEW),
				oldNotGiven(), RowSql.changed(sources()), RowSql.changed(columns(this.to)),
				RowSql.changed(columns(this.from)), takeOver());
	}

	/**
	 * A statement that gives some of the new columns to a row that was not copied yet
	 * must not lose what the old ones say about the others.
	 */
	private String takeOver() {
		if (this.to.size() == 1) {
			return "";
		}
		return """
				IF %s AND NOT (%s) THEN
				        %s
				      END IF;
				\s\s\s\s\s\s""".formatted(areNull(this.to, Row.OLD), areNull(this.to, Row.NEW),
				RowSql.assignMissing(this.to));
	}

	private static String areNull(List<MappedColumn> side, Row row) {
		return RowSql.areNull(columns(side), row);
	}

	private String oldNotGiven() {
		return this.from.stream().map(ColumnMapping::notGiven).collect(Collectors.joining(" AND "));
	}

	private static String notGiven(MappedColumn old) {
		String value = old.column().name().of(Row.NEW);
		if (old.defaultValue() == null) {
			return value + " IS NULL";
		}
		return "(%s IS NULL OR %s)".formatted(value,
				RowSql.same(value, "CAST(%s AS %s)".formatted(old.defaultValue().enclosed(), old.column().type())));
	}

	/** What the new values depend on, and the old columns. */
	private Set<Column> sources() {
		Set<Column> sources = new LinkedHashSet<>();
		this.to.forEach((mapped) -> sources.addAll(this.table.columnsIn(mapped.value())));
		columns(this.to).forEach(sources::remove);
		sources.addAll(columns(this.from));
		return sources;
	}

	/**
	 * Return the triggers that let the old columns, under other names, follow the new
	 * ones.
	 */
	DualWrite backward(PlanBuilder plan, Names names) {
		Set<Column> given = new LinkedHashSet<>(columns(this.to));
		this.from.forEach((old) -> given.addAll(this.table.columnsIn(old.value())));
		columns(this.from).forEach(given::remove);
		List<MappedColumn> retired = retired(names);
		return follow(plan, retired, given,
				RowSql.assignRenamed(retired, columns(this.from).stream().map(Column::name).toList()));
	}

	/**
	 * Return the triggers that let the old column, under another name, follow the new one
	 * that has its name.
	 */
	DualWrite backwardUnder(PlanBuilder plan, Names names, ColumnName name) {
		Set<Column> given = new LinkedHashSet<>();
		columns(this.to).forEach((column) -> given.add(column.withName(name)));
		this.from.stream()
			.flatMap((old) -> this.table.columnsIn(old.value()).stream())
			.filter((column) -> !column.name().equals(name))
			.forEach(given::add);
		List<MappedColumn> retired = retired(names);
		return follow(plan, retired, given, RowSql.assign(retired));
	}

	private List<MappedColumn> retired(Names names) {
		return this.from.stream()
			.map((old) -> new MappedColumn(old.column().withName(names.retired(old.column().name())), old.value(),
					old.defaultValue()))
			.toList();
	}

	private DualWrite follow(PlanBuilder plan, List<MappedColumn> retired, Set<Column> given, String assign) {
		Set<Column> all = new LinkedHashSet<>(given);
		all.addAll(columns(retired));
		return new SyncTrigger(this.table, all, plan).calling("BEGIN\n  %s\n  RETURN NEW;\nEND".formatted(assign))
			.atInsert()
			.atUpdate("", RowSql.changed(given))
			.dualWrite("let %s.%s follow %s".formatted(this.table.name(), names(retired),
					given.stream().map((column) -> column.name().value()).collect(Collectors.joining(", "))));
	}

	/**
	 * Return what takes the defaults of the new columns away again.
	 */
	List<String> dropDefaults() {
		return this.to.stream()
			.filter((mapped) -> mapped.defaultValue() != null)
			.map((mapped) -> "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT".formatted(this.table.name().quoted(),
					mapped.column().name().quoted()))
			.toList();
	}

	private Backfill copy() {
		return new Backfill("copy %s.%s to %s".formatted(this.table.name(), names(this.from), names(this.to)),
				this.table.name(), List.of(copy(RowSql.notCopied(this.table, this.to))));
	}

	private RangedSql copy(String concerned) {
		String set = this.to.stream()
			.map((mapped) -> "%s = %s".formatted(mapped.column().name().quoted(), RowSql.converted(mapped)))
			.collect(Collectors.joining(", "));
		return new RangedSql("UPDATE", " SET %s WHERE".formatted(set), concerned);
	}

	private Check compare(String complete) {
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN (%s) AND %s THEN NULL
				            WHEN %s THEN 'missing'
				            ELSE 'different' END AS difference
				  FROM""".formatted(RowSql.key(this.table), equal(), complete, areNull(this.to, Row.SOURCE));
		return new Check("%s.%s equals %s".formatted(this.table.name(), names(this.to), names(this.from)),
				this.table.name(), new RangedSql(comparison, " WHERE", ""))
			.repairedBy(List.of(copy("((%s) AND %s) IS NOT TRUE".formatted(equal(), complete))));
	}

	/**
	 * Equal if one side is what the other maps to: a mapping may lose precision in one
	 * direction.
	 */
	private String equal() {
		return this.hidden ? isMapped(this.to) : "%s OR (NOT (%s) AND %s)".formatted(isMapped(this.to),
				areNull(this.to, Row.SOURCE), isMapped(this.from));
	}

	private static String isMapped(List<MappedColumn> side) {
		return RowSql.same(
				side.stream().map((mapped) -> mapped.column().name().of(Row.SOURCE)).collect(Collectors.joining(", ")),
				side.stream()
					.map((mapped) -> "CAST(%s AS %s)".formatted(RowSql.converted(mapped), mapped.column().type()))
					.collect(Collectors.joining(", ")));
	}

	/**
	 * Return what gives the new columns their defaults.
	 */
	List<String> setDefaults() {
		return this.to.stream()
			.filter((mapped) -> mapped.defaultValue() != null)
			.map((mapped) -> "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s".formatted(this.table.name().quoted(),
					mapped.column().name().quoted(), Objects.requireNonNull(mapped.defaultValue()).enclosed()))
			.toList();
	}

	static String names(List<MappedColumn> side) {
		return side.stream().map((mapped) -> mapped.column().name().value()).collect(Collectors.joining(", "));
	}

	static List<Column> columns(List<MappedColumn> side) {
		return side.stream().map(MappedColumn::column).toList();
	}

}
