package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;

/**
 * The triggers that keep a JSON array and the rows of a table in step.
 *
 * <ol>
 * <li>A write of the parent is carried to the rows after it, as a set difference; a
 * delete, a truncate and a change of the key as well.</li>
 * <li>Before a row is written, its parent is locked, so that both directions queue at one
 * place; a parent that was not copied yet is copied first, so that its array is not
 * replaced by the new row alone; and a row without parent is refused, as the foreign key
 * will do.</li>
 * <li>After a statement has written rows, the array of each parent concerned is made
 * anew, once a statement.</li>
 * <li>What a trigger writes itself is kept from the other direction by the
 * transaction-local setting {@code concertina.echo}, what a batch writes by
 * {@code concertina.batch}.</li>
 * </ol>
 *
 * <p>
 * The functions run with the rights of the migrating role, as a writer of one table may
 * have none on the other, and with pinned settings.
 */
final class ArrayTriggers {

	private final Plan.Builder plan;

	private final Table parent;

	private final Column key;

	private final ArrayMapping mapping;

	private final Names names;

	private final List<String> create = new ArrayList<>();

	private final List<String> drop = new ArrayList<>();

	ArrayTriggers(Plan.Builder plan, Table parent, Column key, ArrayMapping mapping) {
		this.plan = plan;
		this.parent = parent;
		this.key = key;
		this.mapping = mapping;
		this.names = new Names(plan);
	}

	DualWrite dualWrite() {
		String parentTable = this.parent.name().quoted();
		String child = this.mapping.child().quoted();
		ArrayFunctions functions = new ArrayFunctions(this.plan, this.parent, this.key, this.mapping);
		function("to_rows", functions.toRows());
		function("row", functions.beforeRow());
		function("to_array", functions.toArray());
		function("truncate", functions.truncate());
		trigger(parentTable, "parent_insert", "AFTER INSERT", "", "FOR EACH ROW", "to_rows", guard());
		trigger(parentTable, "parent_update", "AFTER UPDATE", "", "FOR EACH ROW", "to_rows", guard());
		trigger(parentTable, "parent_delete", "AFTER DELETE", "", "FOR EACH ROW", "to_rows", guard());
		trigger(parentTable, "parent_truncate", "AFTER TRUNCATE", "", "FOR EACH STATEMENT", "truncate", guard());
		trigger(child, "row", "BEFORE INSERT OR UPDATE OR DELETE", "", "FOR EACH ROW", "row", guard());
		trigger(child, "insert", "AFTER INSERT", "REFERENCING NEW TABLE AS new_rows", "FOR EACH STATEMENT", "to_array",
				guard());
		trigger(child, "update", "AFTER UPDATE", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
				"FOR EACH STATEMENT", "to_array", guard());
		trigger(child, "delete", "AFTER DELETE", "REFERENCING OLD TABLE AS old_rows", "FOR EACH STATEMENT", "to_array",
				guard());
		trigger(child, "truncate", "AFTER TRUNCATE", "", "FOR EACH STATEMENT", "truncate", guard());
		return new DualWrite(
				"keep %s.%s and %s in step".formatted(this.parent.name(), this.mapping.document().name(),
						this.mapping.child()),
				List.of(TableLock.againstWrites(this.parent.name()), TableLock.againstWrites(this.mapping.child())),
				this.create, this.drop);
	}

	/**
	 * Return the step that lets a write of the parent be carried on only if it changes
	 * the array or the key: every array is copied.
	 */
	Ddl narrow() {
		String changed = RowSql.changed(this.mapping.document(), this.key);
		return Ddl.of("synchronise only writes of %s that change a side".formatted(this.parent.name()),
				List.of(TableLock.againstWrites(this.parent.name())),
				List.of(create(this.parent.name().quoted(), "parent_update", "AFTER UPDATE", "", "FOR EACH ROW",
						"to_rows", "%s AND %s".formatted(guard(), changed))),
				this.drop);
	}

	private String guard() {
		return "%s AND current_setting('%s', true) IS DISTINCT FROM %s".formatted(RowSql.notInBatch(this.plan),
				ArrayFunctions.ECHO, Identifier.literal(this.plan.change()));
	}

	private void function(String role, String body) {
		this.create.add(RowSql.function(this.names.function(role),
				"SECURITY DEFINER\n " + this.plan.settings().functionClauses(), body));
		this.drop.add("DROP FUNCTION IF EXISTS %s() CASCADE".formatted(this.names.function(role)));
	}

	private void trigger(String table, String role, String event, String transition, String each, String function,
			String when) {
		this.create.add(create(table, role, event, transition, each, function, when));
	}

	private String create(String table, String role, String event, String transition, String each, String function,
			String when) {
		return "CREATE OR REPLACE TRIGGER %s %s ON %s %s %s WHEN (%s) EXECUTE FUNCTION %s()".formatted(
				this.names.trigger(2, role).quoted(), event, table, transition, each, when,
				this.names.function(function));
	}

}
