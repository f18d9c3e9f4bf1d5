package dev.concertina.operation;

import java.util.List;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * The triggers that keep a list in a column and the rows of a table in step.
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
 * </ol>
 */
final class ArrayTriggers {

	private final Table parent;

	private final Column key;

	private final ListMapping mapping;

	private final CrossTableTriggers triggers;

	private ArrayTriggers(PlanBuilder plan, Table parent, Column key, ListMapping mapping) {
		this.parent = parent;
		this.key = key;
		this.mapping = mapping;
		TableName child = mapping.child();
		ArrayFunctions functions = new ArrayFunctions(plan, parent, key, mapping);
		this.triggers = new CrossTableTriggers(plan).function("row", functions.beforeRow())
			.function("to_array", functions.toArray())
			.function("truncate", functions.truncate())
			.eachRow(child, "row", "BEFORE INSERT OR UPDATE OR DELETE", "row")
			.eachStatement(child, "insert", "AFTER INSERT REFERENCING NEW TABLE AS new_rows", "to_array")
			.eachStatement(child, "update", "AFTER UPDATE REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
					"to_array")
			.eachStatement(child, "delete", "AFTER DELETE REFERENCING OLD TABLE AS old_rows", "to_array")
			.eachStatement(child, "truncate", "AFTER TRUNCATE", "truncate");
	}

	/**
	 * Let each side follow the other.
	 */
	static ArrayTriggers bothWays(PlanBuilder plan, Table parent, Column key, ListMapping mapping) {
		ArrayTriggers both = new ArrayTriggers(plan, parent, key, mapping);
		both.triggers.function("to_rows", new ArrayFunctions(plan, parent, key, mapping).toRows())
			.eachRow(parent.name(), "parent_insert", "AFTER INSERT", "to_rows")
			.eachRow(parent.name(), "parent_update", "AFTER UPDATE", "to_rows")
			.eachRow(parent.name(), "parent_delete", "AFTER DELETE", "to_rows")
			.eachStatement(parent.name(), "parent_truncate", "AFTER TRUNCATE", "truncate");
		return both;
	}

	/**
	 * Let the list follow the rows.
	 */
	static ArrayTriggers backward(PlanBuilder plan, Table parent, Column key, ListMapping mapping) {
		return new ArrayTriggers(plan, parent, key, mapping);
	}

	DualWrite dualWrite() {
		return this.triggers.dualWrite("keep %s.%s and %s in step".formatted(this.parent.name(),
				this.mapping.document().name(), this.mapping.child()), this.parent.name(), this.mapping.child());
	}

	/**
	 * Return the step that lets a write of the parent be carried on only if it changes
	 * the array or the key: every array is copied.
	 */
	Ddl narrow() {
		return Ddl.of("synchronise only writes of %s that change a side".formatted(this.parent.name()),
				List.of(TableLock.againstWrites(this.parent.name())), List.of(this.triggers.narrowed(this.parent.name(),
						"parent_update", "AFTER UPDATE", RowSql.changed(this.mapping.document(), this.key), "to_rows")),
				this.triggers.drop());
	}

}
