package dev.concertina.operation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Fills columns by a task in Java, such as a call to a key service.
 *
 * @param table the table
 * @param columns the columns that are filled: nullable, without a default
 * @param from the columns that they are computed from
 * @param task the name of the {@code BackfillTask}, in Spring Boot that of the bean
 */
public record FillColumns(TableName table, @AtLeastOne List<ColumnName> columns, @AtLeastOne List<ColumnName> from,
		String task) implements Operation {

	public FillColumns {
		columns = List.copyOf(columns);
		from = List.copyOf(from);
		List<ColumnName> all = Stream.concat(columns.stream(), from.stream()).toList();
		if (columns.isEmpty() || from.isEmpty() || new HashSet<>(all).size() < all.size()) {
			throw new InvalidDefinitionException("Columns %s shall be computed from %s".formatted(columns, from),
					"List at least one column under 'columns' and one under 'from', each once.");
		}
		if (task.isBlank()) {
			throw new InvalidDefinitionException("No task computes %s".formatted(columns),
					"Write the name of a BackfillTask under 'task'.");
		}
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param columns the columns that are filled
	 * @param from the columns that they are computed from
	 * @param task the name of the task
	 * @return the operation
	 */
	public static FillColumns of(String table, List<String> columns, List<String> from, String task) {
		return new FillColumns(TableName.of(table), columns.stream().map(ColumnName::of).toList(),
				from.stream().map(ColumnName::of).toList(), task);
	}

	@Override
	public Set<String> requiredTasks() {
		return Set.of(this.task);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		List<Column> into = this.columns.stream().map(found::column).toList();
		TaskColumns computed = new TaskColumns(found, into, this.from.stream().map(found::column).toList(), this.task);
		Requirements.chunks(found);
		Requirements.shared(before, plan, found, this.from);
		for (Column target : into) {
			requireEmpty(found, target);
			if (!plan.claims().fill(found.name(), target.name())) {
				throw Requirements.twice("column %s.%s".formatted(found.name(), target.name()));
			}
			Requirements.lastToFire(before, found, target.name());
		}
		UncheckedBatch.refuse(before, plan, found, into);
		SyncTrigger trigger = computed.trigger(plan);
		DualWrite clear = computed.clear(trigger);
		Backfill fill = computed.fill(plan.keptBy());
		plan.writableByApplication()
			.dualWrite(clear, trigger.narrow())
			.backfill(fill)
			.afterBackfill(Statistics.of(found))
			.verify(computed.isFilled(computed.fill(KeptBy.TRIGGERS)))
			.endDualWrite(computed.stopClearing(clear));
		if (plan.keptBy() == KeptBy.APPLICATION) {
			plan.backfill(computed.empty());
		}
		else {
			plan.note(
					"What the old version writes has NULL in %s of %s until the task '%s' has computed it, now and then."
						.formatted(computed.names(), found.name(), this.task));
		}
		return before;
	}

	private static void requireEmpty(Table table, Column target) {
		Requirements.written(table, target);
		if (!target.nullable() || target.defaultValue() != null) {
			throw new InvalidDefinitionException(
					"Column %s.%s %s, so a row that was not computed could not be told from others"
						.formatted(table.name(), target.name(), target.nullable() ? "has a default" : "forbids NULL"),
					"Fill a column that allows NULL and has no default, such as one that addColumn makes before.");
		}
	}

}
