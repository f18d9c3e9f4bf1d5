package dev.concertina.operation;

import java.util.List;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;

/**
 * The columns that leave a table for one with at most a row for each of its rows.
 */
final class MovedColumns {

	private MovedColumns() {
	}

	/**
	 * Return columns that may leave their table: a row can be written without them.
	 */
	static List<Column> of(Schema before, PlanBuilder plan, Table parent, List<ColumnName> names) {
		if (parent.primaryKey().isEmpty()) {
			throw new InvalidDefinitionException("Table %s has no primary key".formatted(parent.name()),
					"Add one first: its rows are told apart by it.");
		}
		return names.stream().map((name) -> movable(before, plan, parent, parent.column(name))).toList();
	}

	private static Column movable(Schema before, PlanBuilder plan, Table parent, Column column) {
		Requirements.alone(plan, parent, column.name());
		Requirements.replaceable(before, parent, column);
		if (parent.primaryKey().contains(column.name())) {
			throw new InvalidDefinitionException(
					"Column %s is in the key of %s".formatted(column.name(), parent.name()),
					"Leave it out: the other table has the key anyway.");
		}
		if (!column.nullable() || column.defaultValue() != null) {
			throw new InvalidDefinitionException(
					"Column %s.%s is NOT NULL or has a default, so a row without it can't be written"
						.formatted(parent.name(), column.name()),
					"Drop both first, by dropNotNull and dropDefault in a change of its own.");
		}
		return column;
	}

	static Table without(Table parent, List<ColumnName> names) {
		Table rest = parent;
		for (ColumnName name : names) {
			rest = rest.without(name);
		}
		return rest;
	}

	/**
	 * Return what takes them out of sight before they are dropped.
	 */
	static Retirement retirement(PlanBuilder plan, RowPair pair, List<ColumnName> names, DualWrite sync) {
		Names made = new Names(plan);
		return new Retirement(pair.parent(), names, made, List.of(sync), List.of(pair.parentFollows(plan, made)))
			.withoutValues(plan);
	}

}
