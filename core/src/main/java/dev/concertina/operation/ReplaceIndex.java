package dev.concertina.operation;

import java.util.ArrayList;
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
import dev.concertina.schema.Index;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Defines an index in another way: the new one is built beside the old one and takes its
 * name at the contract, so that no query is ever without one of the two.
 *
 * @param index the name of the index, with its schema unless that is in the search path
 * @param on what it shall be on: names of columns, or items as they stand in
 * {@code CREATE INDEX}
 * @param unique whether it shall forbid a value twice
 * @param using the access method, by default {@code btree}
 * @param include columns that it shall hold besides
 * @param where which rows it shall hold, by default all
 * @param with storage parameters, such as {@code fillfactor = 70}
 */
public record ReplaceIndex(TableName index, @AtLeastOne List<SqlExpression> on, boolean unique,
		@Nullable Identifier using, List<ColumnName> include, @Nullable SqlExpression where,
		List<SqlExpression> with) implements Operation {

	public ReplaceIndex {
		IndexDefinition definition = new IndexDefinition(on, unique, using, include, where, with);
		on = definition.on();
		include = definition.include();
		with = definition.with();
	}

	/**
	 * Return the operation for an index that is defined as one that would be created.
	 * @param index the name of the index
	 * @param definition the definition; its table and its name are those of the index
	 * @return the operation
	 */
	public static ReplaceIndex of(String index, CreateIndex definition) {
		return new ReplaceIndex(TableName.of(index), definition.on(), definition.unique(), definition.using(),
				definition.include(), definition.where(), definition.with());
	}

	/**
	 * Return the operation for a B-tree of all rows.
	 * @param index the name of the index
	 * @param on columns, or items as they stand in {@code CREATE INDEX}
	 * @return the operation
	 */
	public static ReplaceIndex of(String index, String... on) {
		return new ReplaceIndex(TableName.of(index), Stream.of(on).map(SqlExpression::of).toList(), false, null,
				List.of(), null, List.of());
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Index old = Existing.droppableIndex(before, plan, this.index);
		Table table = before.table(old.table());
		IndexDefinition definition = new IndexDefinition(this.on, this.unique, this.using, this.include, this.where,
				this.with);
		definition.check(before, plan, table);
		Identifier name = Identifier.of(old.name().name());
		IndexBuild build = new IndexBuild(table, new Names(plan).meanwhile(name), this.unique, definition.sql(table));
		Consumer<Ddl> phase = this.unique ? plan::contract : plan::afterBackfill;
		build.steps(before).forEach(phase);
		if (definition.isOverExpressions(table)) {
			phase.accept(Statistics.of(table));
		}
		plan.contract(takeOver(before, old, build, name));
		return before;
	}

	private static Ddl takeOver(Schema schema, Index old, IndexBuild build, Identifier name) {
		List<String> statements = new ArrayList<>();
		statements.add("DROP INDEX IF EXISTS " + old.name().quoted());
		statements.addAll(build.takeName(schema, name));
		if (old.comment() != null) {
			statements
				.add("COMMENT ON INDEX %s IS %s".formatted(old.name().quoted(), Identifier.literal(old.comment())));
		}
		return Ddl.destructive("let the new index %s take the place of the old one".formatted(old.name()),
				Partitions.exclusive(schema, old.table()), statements);
	}

}
