package dev.concertina.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;

/**
 * What nothing checks when a batch writes columns that are in use: PostgreSQL checks
 * foreign keys and deferrable constraints by triggers, which a change may bypass.
 */
final class UncheckedBatch {

	private UncheckedBatch() {
	}

	/**
	 * Refuse to write columns without triggers if that leaves something unchecked.
	 */
	static void refuse(Schema schema, PlanBuilder plan, Table table, List<Column> written) {
		if (!plan.settings().bypassesTriggers()) {
			return;
		}
		List<ColumnName> columns = written.stream().map(Column::name).toList();
		List<String> unchecked = new ArrayList<>();
		for (Constraint constraint : schema.catalog().constraints().of(table.name())) {
			boolean byTrigger = constraint.references() != null || constraint.definition().contains(" DEFERRABLE");
			if (byTrigger && !Collections.disjoint(constraint.columns(), columns)) {
				unchecked.add(constraint.name().value());
			}
		}
		columns.forEach((column) -> schema.catalog()
			.references(table.name(), column)
			.forEach((place) -> unchecked.add("the foreign key of %s.%s".formatted(place.table(), place.column()))));
		if (!unchecked.isEmpty()) {
			throw new InvalidDefinitionException(
					"The batches write %s without triggers, and so nothing would check %s".formatted(table.name(),
							String.join(", ", unchecked)),
					"Remove 'userTriggers', or make this operation a change of its own without it.");
		}
	}

}
