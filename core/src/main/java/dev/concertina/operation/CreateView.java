package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Makes a view, at the expand. The rows of a materialized one are computed in the
 * background.
 *
 * @param name its name
 * @param query its query
 * @param materialized whether its rows are stored
 */
public record CreateView(TableName name, String query, boolean materialized) implements Operation {

	public CreateView {
		StatementPart.require("query", query);
	}

	/**
	 * Return the operation.
	 * @param name the name of the view
	 * @param query its query
	 * @return the operation
	 */
	public static CreateView of(String name, String query) {
		return new CreateView(TableName.of(name), query, false);
	}

	/**
	 * Return the operation for a view whose rows are stored.
	 * @return the operation
	 */
	public CreateView withStoredRows() {
		return new CreateView(this.name, this.query, true);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		TableName view = Requirements.newName(before, this.name);
		List<Column> columns = before.catalog().rehearsal(Requirements.madeBefore(plan)).columns(this.query);
		String kind = this.materialized ? "MATERIALIZED VIEW" : "VIEW";
		plan.expand(Ddl.of("create view %s".formatted(view), List.of(),
				List.of("CREATE %s %s AS %s%s".formatted(kind, view.quoted(), this.query,
						this.materialized ? "\nWITH NO DATA" : "")),
				List.of("DROP %s IF EXISTS %s".formatted(kind, view.quoted()))));
		if (this.materialized) {
			plan.afterBackfill(refresh(view)).note("%s can't be read before the end of BACKFILL.".formatted(view));
		}
		return before.with(new Table(view, Table.Kind.OTHER, columns, List.of()));
	}

	/** {@code LOCK TABLE} takes no materialized view, and nobody can read it yet. */
	private static Ddl refresh(TableName view) {
		return new Ddl("compute the rows of %s".formatted(view), List.of(),
				List.of("REFRESH MATERIALIZED VIEW " + view.quoted()), List.of(), List.of(), Ddl.Mode.CONCURRENT,
				false);
	}

}
