package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Index;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;

/**
 * Builds an index anew beside reads and writes: one that has grown, or that a broken
 * attempt has left invalid.
 *
 * @param index the name of the index, with its schema unless that is in the search path
 */
public record RebuildIndex(TableName index) implements Operation {

	/**
	 * What PostgreSQL calls the new one while it is built, and the old one afterwards.
	 */
	private static final List<String> LEFT_OVER = List.of("_ccnew", "_ccold");

	/**
	 * Return the operation.
	 * @param index the name of the index
	 * @return the operation
	 */
	public static RebuildIndex of(String index) {
		return new RebuildIndex(TableName.of(index));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Index found = Existing.index(before, plan, this.index);
		before.catalog()
			.constraints()
			.parts(found.name())
			.stream()
			.filter((part) -> part.kind() != Index.Kind.PARTITIONED)
			.forEach((leaf) -> plan.afterBackfill(rebuild(before, leaf)));
		plan.note("A rollback leaves index %s as it was built anew.".formatted(found.name()));
		return before;
	}

	private static Ddl rebuild(Schema schema, Index leaf) {
		if (leaf.kind() == Index.Kind.EXCLUSION) {
			throw new InvalidDefinitionException(
					"Index %s is that of the exclusion constraint %s, which PostgreSQL can't build beside writes"
						.formatted(leaf.name(), leaf.constraint()),
					"Rebuild it by REINDEX when nobody writes.");
		}
		List<TableName> leftOver = LEFT_OVER.stream().map((end) -> named(leaf.name(), end)).toList();
		leftOver.forEach((name) -> requireOurs(schema, leaf, name));
		return Ddl.concurrent("build index %s of %s anew".formatted(leaf.name(), leaf.table()), leaf.table(),
				"REINDEX INDEX CONCURRENTLY " + leaf.name().quoted(),
				drop("DROP INDEX CONCURRENTLY IF EXISTS ", leftOver), drop("DROP INDEX IF EXISTS ", leftOver));
	}

	private static List<String> drop(String statement, List<TableName> indexes) {
		return indexes.stream().map((index) -> statement + index.quoted()).toList();
	}

	/** As PostgreSQL does it: what is too long is cut before the end. */
	private static TableName named(TableName index, String end) {
		return new TableName(index.schema(), Identifier.ending(index.name(), end).value());
	}

	/**
	 * An index of that name that is in use would be dropped as a leftover.
	 */
	private static void requireOurs(Schema schema, Index leaf, TableName name) {
		boolean leftOver = schema.catalog()
			.constraints()
			.index(name)
			.filter((other) -> other.table().equals(leaf.table()) && !other.valid())
			.isPresent();
		if (!leftOver && schema.catalog().isTaken(name)) {
			throw new InvalidDefinitionException(
					"PostgreSQL calls an index %s for a while, and there is something of that name".formatted(name),
					"Rename that first.");
		}
	}

}
