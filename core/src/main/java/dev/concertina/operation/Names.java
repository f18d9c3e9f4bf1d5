package dev.concertina.operation;

import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * The names of what an operation makes beside the new structure, told apart by the change
 * and the number of the operation, and of its part, in it.
 */
final class Names {

	/** Triggers of one kind fire in the order of their names; ours fire last. */
	private static final String LAST = "zzz_concertina";

	private static final String RETIRED = "concertina_retired";

	private final StateSchemaName functions;

	private final String change;

	private final String number;

	Names(PlanBuilder plan) {
		this.functions = plan.functions();
		this.change = plan.change();
		this.number = plan.number();
	}

	/**
	 * Return the name of a trigger. Of one table, those with a lower rank fire first, and
	 * then those of an earlier operation.
	 */
	Identifier trigger(int rank, String role) {
		return Identifier.derived(LAST, String.valueOf(rank), this.number, role, this.change);
	}

	/**
	 * Return a name that sorts before those of all our triggers.
	 */
	static Identifier beforeAllTriggers() {
		return new Identifier(LAST);
	}

	/**
	 * All functions are in one schema, where {@code a_b, c} must not meet {@code a, b_c},
	 * nor a table its namesake in another schema.
	 */
	String function(String role) {
		return this.functions.sql() + "." + Identifier.derived(this.change, this.number, role).quoted();
	}

	/**
	 * Return the name of something that takes over another name at the contract.
	 */
	Identifier meanwhile(Identifier later) {
		return Identifier.derived("concertina", this.change, this.number, later.value());
	}

	/**
	 * Return the name of a column that takes over another name at the contract.
	 */
	ColumnName meanwhile(ColumnName later) {
		return ColumnName.of(meanwhile(new Identifier(later.value())).value());
	}

	/**
	 * Return the name of a column that is out of sight.
	 */
	ColumnName retired(ColumnName column) {
		return ColumnName.of(retired(new Identifier(column.value())).value());
	}

	/**
	 * Return the name of something of a table that is out of sight.
	 */
	Identifier retired(Identifier name) {
		return Identifier.derived(RETIRED, this.change, this.number, name.value());
	}

	/**
	 * Return the name of a table that is out of sight, in its schema.
	 */
	TableName retired(TableName table) {
		return new TableName(table.schema(), retired(new Identifier(table.name())).value());
	}

	static Identifier constraint(Table table, ColumnName column, String role) {
		return Identifier.derived("concertina", table.name().name(), column.value(), role);
	}

}
