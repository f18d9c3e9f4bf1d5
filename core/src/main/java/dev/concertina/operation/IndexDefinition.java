package dev.concertina.operation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;

/**
 * What an index shall hold. An item that is the exact name of a column is that column;
 * any other one is taken as it stands in {@code CREATE INDEX}, and PostgreSQL itself says
 * whether it is right.
 *
 * @param on the items
 * @param unique whether it forbids a value twice
 * @param using the access method, or {@code null} for a B-tree
 * @param include columns that it holds besides
 * @param where which rows it holds, or {@code null} for all
 * @param with storage parameters
 */
record IndexDefinition(List<SqlExpression> on, boolean unique, @Nullable Identifier using, List<ColumnName> include,
		@Nullable SqlExpression where, List<SqlExpression> with) {

	IndexDefinition {
		on = List.copyOf(on);
		include = List.copyOf(include);
		with = List.copyOf(with);
		if (on.isEmpty()) {
			throw new InvalidDefinitionException("The index is on nothing", "List columns or expressions under 'on'.");
		}
		Stream.concat(on.stream(), with.stream()).filter(SqlExpression::hasComment).findFirst().ifPresent((item) -> {
			throw new InvalidDefinitionException("'%s' holds a comment".formatted(item), "Remove the comment.");
		});
	}

	/**
	 * Let PostgreSQL say whether it is right, and return the name that it gives to such
	 * an index.
	 */
	Identifier check(Schema schema, PlanBuilder plan, Table table) {
		Requirements.indexable(schema, table);
		this.include.forEach(table::column);
		Requirements.shared(schema, plan, table, columns(table));
		return schema.catalog().constraints().nameOfIndex(table, this.unique, sql(table));
	}

	/**
	 * Return what follows the name of the table.
	 */
	String sql(Table table) {
		StringBuilder sql = new StringBuilder();
		if (this.using != null) {
			sql.append("USING ").append(this.using.quoted()).append(' ');
		}
		sql.append(list(this.on.stream().map((item) -> element(table, item))));
		if (!this.include.isEmpty()) {
			sql.append(" INCLUDE ").append(list(this.include.stream().map(ColumnName::quoted)));
		}
		if (!this.with.isEmpty()) {
			sql.append(" WITH ").append(list(this.with.stream().map(SqlExpression::sql)));
		}
		if (this.where != null) {
			sql.append(" WHERE ").append(this.where.enclosed());
		}
		return sql.toString();
	}

	/**
	 * Return whether PostgreSQL gathers statistics for it that the table has not.
	 */
	boolean isOverExpressions(Table table) {
		return !this.on.stream().allMatch((item) -> isColumn(table, item));
	}

	private static String list(Stream<String> items) {
		return items.collect(Collectors.joining(", ", "(", ")"));
	}

	private static String element(Table table, SqlExpression item) {
		return isColumn(table, item) ? ColumnName.of(item.sql()).quoted() : item.sql();
	}

	private static boolean isColumn(Table table, SqlExpression item) {
		return table.columns().stream().anyMatch((column) -> column.name().value().equals(item.sql()));
	}

	private Set<ColumnName> columns(Table table) {
		Set<ColumnName> columns = new LinkedHashSet<>(this.include);
		for (SqlExpression item : this.on) {
			if (isColumn(table, item)) {
				columns.add(ColumnName.of(item.sql()));
			}
			else {
				table.columnsIn(item).stream().map(Column::name).forEach(columns::add);
			}
		}
		if (this.where != null) {
			table.columnsIn(this.where).stream().map(Column::name).forEach(columns::add);
		}
		return columns;
	}

}
