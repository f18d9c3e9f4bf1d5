package dev.concertina.operation;

import dev.concertina.plan.Plan;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;

/**
 * The names of what an operation makes beside the new structure, told apart by change,
 * table and column.
 */
final class Names {

	/** Triggers of one kind fire in the order of their names; ours fire last. */
	private static final String LAST = "zzz_concertina";

	private final String[] parts;

	private final String exact;

	Names(Plan.Builder plan, Table table, ColumnName column) {
		this.parts = new String[] { plan.change(), table.name().name(), column.value() };
		String all = String.join("\0", plan.change(), table.name().quoted(), column.value());
		this.exact = "%08x".formatted(all.hashCode());
	}

	Identifier trigger(String role) {
		return Identifier.derived(LAST, this.parts[0], this.parts[1], this.parts[2], role);
	}

	Identifier constraint(String role) {
		return Identifier.derived("concertina", this.parts[1], this.parts[2], role);
	}

	/**
	 * All functions are in one schema, where {@code a_b, c} must not meet {@code a, b_c},
	 * nor a table its namesake in another schema.
	 */
	String function(String role) {
		return "concertina."
				+ Identifier.derived(this.parts[0], this.parts[1], this.parts[2], role, this.exact).quoted();
	}

}
