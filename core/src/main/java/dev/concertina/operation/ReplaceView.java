package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;
import dev.concertina.schema.View;

/**
 * Gives a view another query, at the expand. Its columns stay; new ones may follow them.
 *
 * @param name the name of the view
 * @param query its query from now on
 */
public record ReplaceView(TableName name, String query) implements Operation {

	public ReplaceView {
		StatementPart.require("query", query);
	}

	/**
	 * Return the operation.
	 * @param name the name of the view
	 * @param query its query from now on
	 * @return the operation
	 */
	public static ReplaceView of(String name, String query) {
		return new ReplaceView(TableName.of(name), query);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		View view = Requirements.view(before, this.name);
		if (view.materialized()) {
			throw new InvalidDefinitionException(
					"%s is a materialized view, which has one query for ever".formatted(view.name()),
					"Create another one, and drop this one.");
		}
		List<Column> old = before.table(view.name()).columns();
		List<Column> columns = before.catalog().rehearsal(Requirements.madeBefore(plan)).columns(this.query);
		requireColumns(view, old, columns);
		List<String> undo = new ArrayList<>();
		if (columns.size() == old.size()) {
			undo.add(view.replaceBy(view.query()));
		}
		else {
			requireAlone(before, view);
			undo.add("DROP VIEW IF EXISTS " + view.name().quoted());
			undo.addAll(view.create());
		}
		// to lock a view beforehand would lock its tables
		plan.expand(Ddl.of("give view %s another query".formatted(view.name()), List.of(),
				List.of(view.replaceBy(this.query)), undo));
		return before.with(new Table(view.name(), Table.Kind.OTHER, columns, List.of()));
	}

	private static void requireColumns(View view, List<Column> old, List<Column> columns) {
		for (int number = 0; number < old.size(); number++) {
			Column column = old.get(number);
			if (number >= columns.size() || !columns.get(number).name().equals(column.name())
					|| !columns.get(number).type().equals(column.type())) {
				throw new InvalidDefinitionException(
						"Column %d of view %s is %s %s, and would no longer be".formatted(number + 1, view.name(),
								column.name(), column.type()),
						"Keep the columns in their order, and let new ones follow; or create a view of another name.");
			}
		}
	}

	/** More columns are taken away again only together with the view. */
	private static void requireAlone(Schema before, View view) {
		List<String> dependants = before.catalog().objects().dependants(view.name());
		if (!dependants.isEmpty()) {
			throw new InvalidDefinitionException("New columns of view %s could not be taken back, because of: %s"
				.formatted(view.name(), String.join("; ", dependants)), "Create a view of another name.");
		}
	}

}
