package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;
import dev.concertina.schema.View;

/**
 * Drops a view, at the contract. A materialized one takes its rows and indexes along.
 *
 * @param name the name of the view
 */
public record DropView(TableName name) implements Operation {

	/**
	 * Return the operation.
	 * @param name the name of the view
	 * @return the operation
	 */
	public static DropView of(String name) {
		return new DropView(TableName.of(name));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		View view = Requirements.view(before, this.name);
		Requirements.unneeded("View %s".formatted(view.name()), before.catalog().objects().dependants(view.name()));
		String description = "drop view %s".formatted(view.name());
		List<String> drop = List.of("DROP %s %s".formatted(view.kind(), view.name().quoted()));
		// to lock a view beforehand would lock its tables
		plan.contract(view.materialized() ? Ddl.destructive(description, List.of(), drop)
				: Ddl.of(description, List.of(), drop, view.create()));
		return before.without(view.name());
	}

}
