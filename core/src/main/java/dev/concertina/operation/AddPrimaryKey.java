package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Gives a table its primary key: at the contract, a unique index is built beside reads
 * and writes, its columns forbid NULL, and the index is made the key. NULLs that are
 * there are found by the comparison and keep the change from its contract.
 *
 * @param table the table
 * @param columns the columns of the key
 */
public record AddPrimaryKey(TableName table, @AtLeastOne List<ColumnName> columns) implements Operation {

	public AddPrimaryKey {
		columns = KeyColumns.of("a primary key", columns);
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param columns the columns of the key
	 * @return the operation
	 */
	public static AddPrimaryKey of(String table, String... columns) {
		return new AddPrimaryKey(TableName.of(table), Stream.of(columns).map(ColumnName::of).toList());
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Requirements.notPartitioned(found);
		Requirements.chunks(found);
		if (!found.primaryKey().isEmpty()) {
			throw new InvalidDefinitionException(
					"Table %s has the primary key %s already".formatted(found.name(), found.primaryKey()),
					"Drop it by dropConstraint in a change of an earlier version, or use addUnique.");
		}
		List<ColumnName> nullable = this.columns.stream()
			.map(found::column)
			.filter(Column::nullable)
			.map(Column::name)
			.toList();
		Requirements.alone(plan, found, nullable.toArray(ColumnName[]::new));
		Requirements.shared(before, plan, found, this.columns);
		Identifier key = KeyColumns.nameOf(found, List.of(), "pkey");
		Existing.requireFree(before, plan, found, key);
		Existing.requireFreeIndex(before, plan, new TableName(found.name().schema(), key.value()));
		IndexBuild index = new IndexBuild(found, key, true, "(%s)".formatted(ForeignKey.list(this.columns)));
		index.steps(before).forEach(plan::contract);
		for (ColumnName column : nullable) {
			plan.verify(NotNull.proof(found, column));
			NotNull.steps(found, column).forEach(plan::contract);
		}
		plan.contract(index.constraint("PRIMARY KEY", ""));
		return before.with(after(found));
	}

	private Table after(Table found) {
		List<Column> columns = found.columns()
			.stream()
			.map((column) -> this.columns.contains(column.name()) ? column.withNullable(false) : column)
			.toList();
		return new Table(found.name(), found.kind(), columns, this.columns);
	}

}
