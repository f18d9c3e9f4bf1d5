package dev.concertina.operation;

import java.util.List;

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
 * Adds a foreign key. Rows without a parent are found by the comparison and keep the
 * change from its contract; the key itself comes at the contract, and is checked beside
 * reads and writes.
 *
 * @param table the table that refers
 * @param columns the columns that refer
 * @param references the table that they refer to
 * @param referencedColumns the columns that they refer to, by default the primary key
 * @param name the name of the foreign key, by default the one that PostgreSQL would give
 * it
 * @param onDelete what becomes of a row whose parent is deleted
 * @param onUpdate what becomes of a row whose parent gets another key
 * @param deferrable whether a transaction may ask to be checked at its end
 * @param initiallyDeferred whether every transaction is checked at its end
 */
public record AddForeignKey(TableName table, @AtLeastOne List<ColumnName> columns, TableName references,
		List<ColumnName> referencedColumns, @Nullable Identifier name, @Nullable ReferentialAction onDelete,
		@Nullable ReferentialAction onUpdate, boolean deferrable, boolean initiallyDeferred) implements Operation {

	public AddForeignKey {
		columns = KeyColumns.of("a foreign key", columns);
		referencedColumns = List.copyOf(referencedColumns);
		if (!referencedColumns.isEmpty() && referencedColumns.size() != columns.size()) {
			throw new InvalidDefinitionException(
					"The foreign key is of %s and refers to %s".formatted(columns, referencedColumns),
					"List as many columns under 'referencedColumns' as under 'columns', in the same order.");
		}
	}

	/**
	 * Return the operation for a column that refers to a primary key.
	 * @param table the table that refers
	 * @param column the column that refers
	 * @param references the table that it refers to
	 * @return the operation
	 */
	public static AddForeignKey of(String table, String column, String references) {
		return of(table, List.of(column), references, List.of());
	}

	/**
	 * Return the operation for several columns.
	 * @param table the table that refers
	 * @param columns the columns that refer
	 * @param references the table that they refer to
	 * @param referencedColumns the columns that they refer to; none for the primary key
	 * @return the operation
	 */
	public static AddForeignKey of(String table, List<String> columns, String references,
			List<String> referencedColumns) {
		return new AddForeignKey(TableName.of(table), columns.stream().map(ColumnName::of).toList(),
				TableName.of(references), referencedColumns.stream().map(ColumnName::of).toList(), null, null, null,
				false, false);
	}

	/**
	 * Return the operation with a name for the foreign key.
	 * @param value the name
	 * @return the operation
	 */
	public AddForeignKey withName(String value) {
		return new AddForeignKey(this.table, this.columns, this.references, this.referencedColumns,
				Identifier.of(value), this.onDelete, this.onUpdate, this.deferrable, this.initiallyDeferred);
	}

	/**
	 * Return the operation for a key that does something when a parent is deleted.
	 * @param action what becomes of its children
	 * @return the operation
	 */
	public AddForeignKey onDelete(ReferentialAction action) {
		return new AddForeignKey(this.table, this.columns, this.references, this.referencedColumns, this.name, action,
				this.onUpdate, this.deferrable, this.initiallyDeferred);
	}

	/**
	 * Return the operation for a key that does something when a parent gets another key.
	 * @param action what becomes of its children
	 * @return the operation
	 */
	public AddForeignKey onUpdate(ReferentialAction action) {
		return new AddForeignKey(this.table, this.columns, this.references, this.referencedColumns, this.name,
				this.onDelete, action, this.deferrable, this.initiallyDeferred);
	}

	/**
	 * Return the operation for a key that is checked at the end of each transaction.
	 * @return the operation
	 */
	public AddForeignKey withInitiallyDeferred() {
		return new AddForeignKey(this.table, this.columns, this.references, this.referencedColumns, this.name,
				this.onDelete, this.onUpdate, true, true);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table child = before.table(this.table);
		Table parent = before.table(this.references);
		Requirements.chunks(child);
		KeyColumns.in(child, this.columns);
		List<ColumnName> referenced = referenced(before, parent);
		Requirements.shared(before, plan, child, this.columns);
		Requirements.shared(before, plan, parent, referenced);
		Identifier key = (this.name != null) ? this.name : KeyColumns.nameOf(child, this.columns, "fkey");
		Existing.requireFree(before, plan, child, key);
		ForeignKey foreignKey = new ForeignKey(key, child, this.columns, parent.name(), referenced, clauses());
		foreignKey.requireAccepted(before, parent);
		plan.verify(foreignKey.orphans());
		foreignKey.steps(before).forEach(plan::contract);
		return before;
	}

	private List<ColumnName> referenced(Schema schema, Table parent) {
		List<ColumnName> referenced = this.referencedColumns.isEmpty() ? parent.primaryKey() : this.referencedColumns;
		if (referenced.size() != this.columns.size()) {
			throw new InvalidDefinitionException("%s has the primary key %s, and %s shall refer to it"
				.formatted(parent.name(), referenced, this.columns),
					"List the columns that are referred to under 'referencedColumns'.");
		}
		KeyColumns.in(parent, referenced);
		boolean isPrimaryKey = parent.primaryKey().size() == referenced.size()
				&& parent.primaryKey().containsAll(referenced);
		if (!isPrimaryKey && !schema.catalog().constraints().isKey(parent.name(), referenced)) {
			throw new InvalidDefinitionException(
					"No key of %s keeps the values of %s apart, so nothing can refer to them".formatted(parent.name(),
							referenced),
					"Add one by addUnique first, in a change of an earlier version.");
		}
		return referenced;
	}

	private String clauses() {
		StringBuilder clauses = new StringBuilder();
		if (this.onDelete != null) {
			clauses.append(" ON DELETE ").append(this.onDelete.sql());
		}
		if (this.onUpdate != null) {
			clauses.append(" ON UPDATE ").append(this.onUpdate.sql());
		}
		return clauses.append(KeyColumns.deferral(this.deferrable, this.initiallyDeferred)).toString();
	}

}
