package dev.concertina.operation;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Attachment;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Renaming;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;
import dev.concertina.schema.View;

/**
 * What several operations must know before they may touch a table.
 */
final class Requirements {

	private Requirements() {
	}

	static void chunks(Table table) {
		if (table.kind() == Table.Kind.OTHER) {
			throw new InvalidDefinitionException(
					"%s is no heap table, or other tables inherit from it, or it is a partition or inherits itself; it can't be copied by ranges of blocks"
						.formatted(table.name()),
					"Apply the change to ordinary or partitioned tables.");
		}
	}

	static void compiles(Schema schema, Table table, String key, SqlExpression expression, SqlType type) {
		schema.catalog().objection(expression, table, type).ifPresent((objection) -> {
			throw new InvalidDefinitionException("'%s: %s' does not compile: %s".formatted(key, expression, objection),
					"Write an SQL expression over the columns of %s that gives %s.".formatted(table.name(), type));
		});
		for (Column column : table.columnsIn(expression)) {
			if (column.isGenerated()) {
				throw new InvalidDefinitionException(
						"'%s: %s' reads the generated column %s, which has no value yet when a trigger runs"
							.formatted(key, expression, column.name()),
						"Write out what %s is generated from.".formatted(column.name()));
			}
		}
	}

	static void addedAtOnce(Schema schema, Table table, Column added) {
		if (schema.catalog().isConstrained(added.type())) {
			throw new InvalidDefinitionException(
					"Column %s.%s would be of the domain %s, which forbids some values; PostgreSQL locks the table and writes every row anew to add it"
						.formatted(table.name(), added.name(), added.type()),
					"Use the type that the domain is made of, and check its values by a constraint of the table.");
		}
	}

	static void replaceable(Schema schema, Table table, Column column) {
		stable(schema, "The default of column %s.%s".formatted(table.name(), column.name()), column.defaultValue());
		written(table, column);
		replaceableFilled(schema, table, column);
	}

	/**
	 * A column that nobody but the application fills, or a default.
	 */
	static void written(Table table, Column column) {
		if (column.generation() != Column.Generation.NONE) {
			throw new InvalidDefinitionException("Column %s.%s is filled by PostgreSQL itself (%s)".formatted(
					table.name(), column.name(), column.generation()), "Choose a column that the application writes.");
		}
	}

	/**
	 * A column may be filled by a sequence if that is moved to the new one.
	 */
	static void replaceableFilled(Schema schema, Table table, Column column) {
		List<String> dependants = schema.catalog().dependants(table.name(), column.name());
		if (!dependants.isEmpty()) {
			throw new InvalidDefinitionException(
					"Column %s.%s can't be dropped at the end, because of: %s".formatted(table.name(), column.name(),
							String.join("; ", dependants)),
					"Drop or move these first; this version does not carry them to the new column.");
		}
	}

	/**
	 * Say what is dropped with a column, and refuse a column that a key of another table
	 * refers to.
	 * @return the tables that the foreign keys among it refer to, which are locked too
	 */
	static List<TableName> expendable(Schema schema, PlanBuilder plan, Table table, Column column) {
		List<Attachment> attachments = schema.catalog().attachments(table.name(), column.name(), column, Renaming.NONE);
		for (Attachment attachment : attachments) {
			if (attachment.kind() == Kind.REFERENCE) {
				throw new InvalidDefinitionException(
						"Column %s.%s can't be dropped at the end, because the foreign key %s of %s refers to it"
							.formatted(table.name(), column.name(), attachment.name(), attachment.other()),
						"Drop or move that key first.");
			}
			plan.note("%s of %s is dropped with column %s.".formatted(attachment.describe(), table.name(),
					column.name()));
		}
		return attachments.stream().map(Attachment::other).filter(Objects::nonNull).distinct().toList();
	}

	/**
	 * A relation whose structure is its own.
	 */
	static void ownStructure(Table table) {
		if (table.kind() == Table.Kind.OTHER) {
			throw new InvalidDefinitionException(
					"%s is no ordinary or partitioned table, but a view, a foreign table or a partition, or other tables inherit from it, or it inherits itself"
						.formatted(table.name()),
					"Choose a table, or write the statements yourself with the operation sql.");
		}
	}

	/**
	 * A table that is renamed or dropped has two names, or none, for other operations.
	 */
	static void untouched(PlanBuilder plan, Table table) {
		if (plan.build().tables().contains(table.name())) {
			throw new InvalidDefinitionException(
					"Two operations of one change are about table %s".formatted(table.name()),
					"Make the second one a change of its own, with a later version.");
		}
	}

	/**
	 * Return the qualified name of something new.
	 */
	static TableName newName(Schema schema, TableName name) {
		String place = schema.catalog()
			.objects()
			.schema(name.schema())
			.orElseThrow(() -> new InvalidDefinitionException("There is no schema for %s".formatted(name),
					"Write the name with a schema that exists."));
		TableName qualified = new TableName(place, name.name());
		if (schema.catalog().isTaken(qualified) || schema.find(qualified).isPresent()) {
			throw new InvalidDefinitionException("The name %s is taken".formatted(qualified),
					"Choose a name that no table, view, index or sequence has.");
		}
		return qualified;
	}

	/**
	 * Return a view that must exist.
	 */
	static View view(Schema schema, TableName name) {
		return schema.catalog()
			.objects()
			.view(name)
			.orElseThrow(() -> new InvalidDefinitionException("There is no view %s".formatted(name),
					"Write the name of a view of this database, with its schema."));
	}

	/**
	 * Refuse to drop what others need.
	 */
	static void unneeded(String what, List<String> dependants) {
		if (!dependants.isEmpty()) {
			throw new InvalidDefinitionException(
					"%s can't be dropped, because of: %s".formatted(what, String.join("; ", dependants)),
					"Drop these first, by a change with an earlier version.");
		}
	}

	/**
	 * Return the statements of the change so far that lock nothing, so that others can be
	 * tried out behind them: those that make something new.
	 */
	static List<String> madeBefore(PlanBuilder plan) {
		return plan.build()
			.steps(Phase.EXPAND)
			.stream()
			.filter(Ddl.class::isInstance)
			.map(Ddl.class::cast)
			.filter((step) -> step.locks().isEmpty())
			.flatMap((step) -> step.sql().stream())
			.toList();
	}

	/**
	 * A default may not depend on the row.
	 */
	static void constant(Schema schema, Table table, SqlExpression value, SqlType type) {
		compiles(schema, new Table(table.name(), table.kind(), List.of(), List.of()), "default", value, type);
	}

	static void free(Schema schema, TableName name) {
		schema.find(name).ifPresent((table) -> {
			throw new InvalidDefinitionException("There is a table %s already".formatted(table.name()),
					"Choose a name that is free, or drop that table.");
		});
	}

	static void json(Table table, Column document) {
		String type = document.type().sql();
		if (!type.equals("jsonb") && !type.equals("json")) {
			throw new InvalidDefinitionException("Column %s.%s is %s".formatted(table.name(), document.name(), type),
					"Choose a column of type json or jsonb.");
		}
	}

	static void lastToFire(Schema schema, Table table, ColumnName column) {
		List<String> behind = schema.catalog().triggersBehind(table.name(), Names.beforeAllTriggers());
		if (!behind.isEmpty()) {
			throw new InvalidDefinitionException(
					"The triggers %s of %s would fire after the one that keeps %s in step".formatted(behind,
							table.name(), column),
					"Rename them so that they sort before %s.".formatted(Names.beforeAllTriggers()));
		}
	}

	static void stable(Schema schema, String what, @Nullable SqlExpression expression) {
		if (expression != null && schema.catalog().isVolatile(expression.functions())) {
			throw new InvalidDefinitionException(
					"%s is %s, which gives another value at each call".formatted(what, expression),
					"Use functions that give the same value for the same row.");
		}
	}

	static void alone(PlanBuilder plan, Table table, ColumnName... columns) {
		for (ColumnName column : columns) {
			if (!plan.claims().alone(table.name(), column)) {
				throw twice("column %s.%s".formatted(table.name(), column));
			}
		}
	}

	/**
	 * Several operations of one change may read a column, unless another one replaces it.
	 * A column that the change itself has made is read as it is then.
	 */
	static void shared(Schema schema, PlanBuilder plan, Table table, Collection<ColumnName> columns) {
		Optional<Table> stored = schema.catalog().table(table.name());
		for (ColumnName column : columns) {
			boolean isStored = stored.flatMap((found) -> found.find(column)).isPresent();
			if (isStored && !plan.claims().shared(table.name(), column)) {
				throw twice("column %s.%s".formatted(table.name(), column));
			}
		}
	}

	static void alone(PlanBuilder plan, String what) {
		if (!plan.claims().alone(what)) {
			throw twice(what);
		}
	}

	static InvalidDefinitionException twice(String what) {
		return new InvalidDefinitionException("Two operations of one change are about %s".formatted(what),
				"Make the second one a change of its own, with a later version.");
	}

	static void indexable(Schema schema, Table table) {
		if (!schema.catalog().constraints().isIndexable(table.name())) {
			throw new InvalidDefinitionException(
					"%s is a view, a foreign table, or a partition that has partitions itself".formatted(table.name()),
					"Apply the change to a table, a materialized view, or the whole partitioned table.");
		}
	}

	/**
	 * A constraint that is made of an index can't be put on a partitioned table without a
	 * lock on all partitions.
	 */
	static void notPartitioned(Table table) {
		if (table.kind() == Table.Kind.PARTITIONED) {
			throw new InvalidDefinitionException(
					"%s is partitioned, and PostgreSQL can't make an index of it a constraint".formatted(table.name()),
					"Use createIndex with 'unique: true', which keeps values apart as well.");
		}
	}

}
