package dev.concertina.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Table;

/**
 * The triggers that synchronise a row before it is written.
 *
 * <p>
 * Each calls a function that decides whether there is something to do. Most writes end
 * there, so it has no settings of its own, and the trigger no condition once the rows are
 * in: PostgreSQL reads and compiles a condition anew for each statement, and to set and
 * reset what is pinned takes as long. What is to do is in a second function, with pinned
 * settings; it runs with the rights of the writer, who may have none on our schema but to
 * call it.
 */
final class SyncTrigger {

	private static final int BEFORE_SYNC = 1;

	/** The rank of what decides by the values that all others leave. */
	private static final int SYNC = 2;

	private final Table table;

	private final PlanBuilder plan;

	private final Names names;

	private final List<String> create = new ArrayList<>();

	private final List<String> drop = new ArrayList<>();

	/**
	 * Synchronise rows of a table.
	 * @param columns what the functions read and write
	 */
	SyncTrigger(Table table, Collection<Column> columns, PlanBuilder plan) {
		this.table = table;
		this.plan = plan;
		this.names = new Names(plan);
		String holds = this.names.function("columns") + "()";
		this.create.add(RowSql.holdColumns(holds, table, columns));
		this.drop.add("DROP FUNCTION IF EXISTS " + holds);
	}

	/**
	 * Do something that needs pinned settings.
	 * @param body what is to do, in PL/pgSQL: {@code TG_OP}, {@code OLD} and {@code NEW}
	 * are those of the trigger, and it returns {@code NEW}
	 */
	SyncTrigger calling(String body) {
		String row = this.names.function("row");
		this.create.add(RowSql.function(row + "(tg_op text, old record, new record)", "record",
				this.plan.settings().functionClauses(), body));
		this.create.add("GRANT EXECUTE ON FUNCTION %s TO PUBLIC".formatted(row));
		this.drop.add("DROP FUNCTION IF EXISTS %s".formatted(row));
		return this;
	}

	/**
	 * Synchronise each row that is inserted.
	 */
	SyncTrigger atInsert() {
		return insertTrigger(RowSql.notInBatch(this.plan));
	}

	/**
	 * Synchronise rows that are inserted.
	 * @param condition which ones
	 */
	SyncTrigger atInsert(String condition) {
		return insertTrigger(byWriter(condition));
	}

	private SyncTrigger insertTrigger(String condition) {
		decide("insert", condition, call());
		this.create.add(trigger(SYNC, "insert", "BEFORE INSERT", "", "insert"));
		return this;
	}

	/**
	 * Synchronise rows that are updated. One that is not copied must be among them, as
	 * its write may take it out of the blocks that are still to be copied.
	 * @param few what keeps most batches from calling the function
	 * @param condition which ones
	 */
	SyncTrigger atUpdate(String few, String condition) {
		return atUpdate(few, byWriter(condition), call());
	}

	/**
	 * Do something with rows that are updated, without settings.
	 * @param few what keeps most batches from calling the function
	 * @param condition which ones
	 * @param action what is to do, in PL/pgSQL
	 */
	SyncTrigger atUpdate(String few, String condition, String action) {
		decide("update", condition, action);
		this.create.add(trigger(SYNC, "update", "BEFORE UPDATE", few, "update"));
		return this;
	}

	/**
	 * Let the marker {@code concertina.writes = new} tell a NULL that is written into a
	 * row that was not copied yet from one that was not given: only a statement that
	 * names a new column fires this.
	 */
	SyncTrigger withNullMarker(List<Column> columns, String body) {
		String names = columns.stream().map((column) -> column.name().quoted()).collect(Collectors.joining(", "));
		String when = "%s AND %s AND current_setting('concertina.writes', true) = 'new' AND %s".formatted(
				RowSql.areNull(columns, Row.OLD), RowSql.areNull(columns, Row.NEW), RowSql.notInBatch(this.plan));
		function("null", this.plan.settings().functionClauses(), body);
		this.create.add(trigger(BEFORE_SYNC, "null", "BEFORE UPDATE OF " + names, when, "null"));
		return this;
	}

	DualWrite dualWrite(String description) {
		return new DualWrite(description, List.of(TableLock.againstWrites(this.table.name())), this.create, this.drop);
	}

	/**
	 * Return the step at the end of the backfill: what keeps batches out costs each
	 * statement of the application, and there are none to come but repairs.
	 */
	Ddl narrow() {
		return Ddl.of("let the triggers of %s look at their function alone".formatted(this.table.name()),
				List.of(TableLock.againstWrites(this.table.name())),
				List.of(trigger(SYNC, "update", "BEFORE UPDATE", "", "update")), this.drop);
	}

	private String call() {
		return "NEW := %s(TG_OP, OLD, NEW);".formatted(this.names.function("row"));
	}

	private void decide(String role, String condition, String action) {
		function(role, "", """
				BEGIN
				  IF %s THEN
				    %s
				  END IF;
				  RETURN NEW;
				END""".formatted(condition, action));
	}

	private String byWriter(String condition) {
		return "(%s) AND %s".formatted(condition, RowSql.notInBatch(this.plan));
	}

	private void function(String role, String clauses, String body) {
		String function = this.names.function(role) + "()";
		this.create.add(RowSql.function(function, "trigger", clauses, body));
		this.drop.add("DROP FUNCTION IF EXISTS %s CASCADE".formatted(function));
	}

	private String trigger(int rank, String role, String event, String when, String function) {
		return "CREATE OR REPLACE TRIGGER %s %s ON %s FOR EACH ROW%s EXECUTE FUNCTION %s()".formatted(
				this.names.trigger(rank, role).quoted(), event, this.table.name().quoted(),
				when.isEmpty() ? "" : " WHEN (%s)".formatted(when), this.names.function(function));
	}

}
