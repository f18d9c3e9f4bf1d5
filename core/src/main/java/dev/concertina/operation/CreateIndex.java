package dev.concertina.operation;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Builds an index beside reads and writes; that of a partitioned table leaf by leaf. A
 * unique one restricts what may be written, and is built at the contract.
 *
 * @param table the table
 * @param name the name of the index, by default the one that PostgreSQL would give it
 * @param on what it is on: names of columns, or items as they stand in
 * {@code CREATE INDEX}, such as {@code lower(mail)} or {@code mail DESC NULLS LAST}
 * @param unique whether it forbids a value twice
 * @param using the access method, by default {@code btree}
 * @param include columns that it holds besides
 * @param where which rows it holds, by default all
 * @param with storage parameters, such as {@code fillfactor = 70}
 */
public record CreateIndex(TableName table, @Nullable Identifier name, @AtLeastOne List<SqlExpression> on,
		boolean unique, @Nullable Identifier using, List<ColumnName> include, @Nullable SqlExpression where,
		List<SqlExpression> with) implements Operation {

	public CreateIndex {
		IndexDefinition definition = new IndexDefinition(on, unique, using, include, where, with);
		on = definition.on();
		include = definition.include();
		with = definition.with();
	}

	/**
	 * Return the operation for a B-tree of all rows.
	 * @param table the table
	 * @param on columns, or items as they stand in {@code CREATE INDEX}
	 * @return the operation
	 */
	public static CreateIndex of(String table, String... on) {
		return new CreateIndex(TableName.of(table), null, Stream.of(on).map(SqlExpression::of).toList(), false, null,
				List.of(), null, List.of());
	}

	/**
	 * Return the operation with a name for the index.
	 * @param value the name
	 * @return the operation
	 */
	public CreateIndex withName(String value) {
		return new CreateIndex(this.table, Identifier.of(value), this.on, this.unique, this.using, this.include,
				this.where, this.with);
	}

	/**
	 * Return the operation for an index that forbids a value twice.
	 * @return the operation
	 */
	public CreateIndex withUnique() {
		return new CreateIndex(this.table, this.name, this.on, true, this.using, this.include, this.where, this.with);
	}

	/**
	 * Return the operation with another access method.
	 * @param method the access method, such as {@code gin}
	 * @return the operation
	 */
	public CreateIndex using(String method) {
		return new CreateIndex(this.table, this.name, this.on, this.unique, Identifier.of(method), this.include,
				this.where, this.with);
	}

	/**
	 * Return the operation for an index that holds more columns.
	 * @param columns the columns, which are not searched by
	 * @return the operation
	 */
	public CreateIndex including(String... columns) {
		return new CreateIndex(this.table, this.name, this.on, this.unique, this.using,
				Stream.of(columns).map(ColumnName::of).toList(), this.where, this.with);
	}

	/**
	 * Return the operation for an index of some rows.
	 * @param condition which rows it holds
	 * @return the operation
	 */
	public CreateIndex where(String condition) {
		return new CreateIndex(this.table, this.name, this.on, this.unique, this.using, this.include,
				SqlExpression.of(condition), this.with);
	}

	/**
	 * Return the operation with storage parameters.
	 * @param parameters such as {@code fillfactor = 70}
	 * @return the operation
	 */
	public CreateIndex withStorage(String... parameters) {
		return new CreateIndex(this.table, this.name, this.on, this.unique, this.using, this.include, this.where,
				Stream.of(parameters).map(SqlExpression::of).toList());
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		IndexDefinition definition = new IndexDefinition(this.on, this.unique, this.using, this.include, this.where,
				this.with);
		Identifier given = definition.check(before, plan, found);
		Identifier index = (this.name != null) ? this.name : given;
		Existing.requireFreeIndex(before, plan, new TableName(found.name().schema(), index.value()));
		Consumer<Ddl> phase = this.unique ? plan::contract : plan::afterBackfill;
		new IndexBuild(found, index, this.unique, definition.sql(found)).steps(before).forEach(phase);
		if (definition.isOverExpressions(found)) {
			phase.accept(Statistics.of(found));
		}
		return before;
	}

}
