package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Forbids the same values twice: at the contract, a unique index is built beside reads
 * and writes and made a constraint.
 *
 * @param table the table
 * @param columns the columns whose values differ in each two rows
 * @param name the name of the constraint, by default the one that PostgreSQL would give
 * it
 * @param deferrable whether a transaction may ask to be checked at its end
 * @param initiallyDeferred whether every transaction is checked at its end
 * @param nullsNotDistinct whether NULL is a value like another; PostgreSQL 15 and newer
 */
public record AddUnique(TableName table, @AtLeastOne List<ColumnName> columns, @Nullable Identifier name,
		boolean deferrable, boolean initiallyDeferred, boolean nullsNotDistinct) implements Operation {

	public AddUnique {
		columns = KeyColumns.of("a unique constraint", columns);
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param columns the columns whose values differ in each two rows
	 * @return the operation
	 */
	public static AddUnique of(String table, String... columns) {
		return new AddUnique(TableName.of(table), Stream.of(columns).map(ColumnName::of).toList(), null, false, false,
				false);
	}

	/**
	 * Return the operation with a name for the constraint.
	 * @param value the name
	 * @return the operation
	 */
	public AddUnique withName(String value) {
		return new AddUnique(this.table, this.columns, Identifier.of(value), this.deferrable, this.initiallyDeferred,
				this.nullsNotDistinct);
	}

	/**
	 * Return the operation for a constraint that is checked at the end of each
	 * transaction.
	 * @return the operation
	 */
	public AddUnique withInitiallyDeferred() {
		return new AddUnique(this.table, this.columns, this.name, true, true, this.nullsNotDistinct);
	}

	/**
	 * Return the operation for a constraint that allows one NULL only.
	 * @return the operation
	 */
	public AddUnique withNullsNotDistinct() {
		return new AddUnique(this.table, this.columns, this.name, this.deferrable, this.initiallyDeferred, true);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Requirements.indexable(before, found);
		Requirements.notPartitioned(found);
		KeyColumns.in(found, this.columns);
		Requirements.shared(before, plan, found, this.columns);
		Identifier key = (this.name != null) ? this.name : KeyColumns.nameOf(found, this.columns, "key");
		Existing.requireFree(before, plan, found, key);
		Existing.requireFreeIndex(before, plan, new TableName(found.name().schema(), key.value()));
		String definition = "(%s)%s".formatted(ForeignKey.list(this.columns),
				this.nullsNotDistinct ? " NULLS NOT DISTINCT" : "");
		requireAccepted(before, found, definition);
		IndexBuild index = new IndexBuild(found, key, true, definition);
		index.steps(before).forEach(plan::contract);
		plan.contract(index.constraint("UNIQUE", KeyColumns.deferral(this.deferrable, this.initiallyDeferred)));
		return before;
	}

	private void requireAccepted(Schema schema, Table found, String definition) {
		schema.catalog()
			.constraints()
			.objection(List.of(found),
					(tables) -> List.of("CREATE UNIQUE INDEX ON %s %s".formatted(tables.get(0), definition)))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"The values of %s can't be kept apart: %s".formatted(this.columns, objection),
						this.nullsNotDistinct ? "'nullsNotDistinct' needs PostgreSQL 15 or newer."
								: "Choose columns whose values can be compared.");
			});
	}

}
