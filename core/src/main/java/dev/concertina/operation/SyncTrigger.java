package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Table;

/**
 * The row triggers that call a synchronising function before each write of a table.
 */
final class SyncTrigger {

	private static final int BEFORE_SYNC = 1;

	/** The rank of what decides by the values that all others leave. */
	static final int SYNC = 2;

	private final Table table;

	private final Names names;

	private final String onInsert;

	private final String onUpdate;

	private final String changed;

	private final List<String> create = new ArrayList<>();

	private final List<String> drop = new ArrayList<>();

	/**
	 * Make triggers of a table.
	 * @param onInsert the condition to fire at an INSERT
	 * @param onUpdate the condition to fire at an UPDATE
	 * @param changed what else an UPDATE of a row that is copied must have done
	 */
	SyncTrigger(Table table, Names names, String onInsert, String onUpdate, String changed) {
		this.table = table;
		this.names = names;
		this.onInsert = onInsert;
		this.onUpdate = onUpdate;
		this.changed = changed;
	}

	/**
	 * Fire at any write of a row that is not copied, which may take it out of the blocks
	 * that are copied, and at those that change a side of one that is. The end of the
	 * backfill narrows it to these.
	 * @param filled the columns of which a row that is copied has a value
	 */
	SyncTrigger calling(String function, List<Column> filled) {
		callingAtInsert(function);
		this.create.add(updateTrigger("%s OR %s".formatted(areNull(filled, Row.OLD), this.changed)));
		return this;
	}

	/**
	 * Fire at each INSERT, during the backfill and after it.
	 */
	SyncTrigger callingAtInsert(String function) {
		this.create.add(function);
		this.create.add(trigger(SYNC, "insert", "BEFORE INSERT", this.onInsert, "sync"));
		this.drop.add("DROP FUNCTION IF EXISTS %s() CASCADE".formatted(this.names.function("sync")));
		return this;
	}

	/**
	 * Let the marker {@code concertina.writes = new} tell a NULL that is written into a
	 * row that was not copied yet from one that was not given: only a statement that
	 * names a new column fires this.
	 */
	SyncTrigger withNullMarker(List<Column> columns, String function) {
		String names = columns.stream().map((column) -> column.name().quoted()).collect(Collectors.joining(", "));
		String when = "%s AND %s AND current_setting('concertina.writes', true) = 'new' AND %s"
			.formatted(areNull(columns, Row.OLD), areNull(columns, Row.NEW), this.onUpdate);
		this.create.add(function);
		this.create.add(trigger(BEFORE_SYNC, "null", "BEFORE UPDATE OF " + names, when, "null"));
		this.drop.add("DROP FUNCTION IF EXISTS %s() CASCADE".formatted(this.names.function("null")));
		return this;
	}

	DualWrite dualWrite(String description) {
		return new DualWrite(description, List.of(TableLock.againstWrites(this.table.name())), this.create, this.drop);
	}

	/**
	 * Return the step that lets the trigger fire only where a side changes: every row is
	 * copied.
	 */
	Ddl narrow() {
		return Ddl.of("synchronise only writes of %s that change a side".formatted(this.table.name()),
				List.of(TableLock.againstWrites(this.table.name())), List.of(updateTrigger(this.changed)), this.drop);
	}

	private String updateTrigger(String condition) {
		return trigger(SYNC, "update", "BEFORE UPDATE", "%s AND (%s)".formatted(this.onUpdate, condition), "sync");
	}

	private static String areNull(List<Column> columns, Row row) {
		return columns.stream()
			.map((column) -> column.name().of(row) + " IS NULL")
			.collect(Collectors.joining(" AND "));
	}

	private String trigger(int rank, String role, String event, String when, String function) {
		return "CREATE OR REPLACE TRIGGER %s %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %s()".formatted(
				this.names.trigger(rank, role).quoted(), event, this.table.name().quoted(), when,
				this.names.function(function));
	}

}
