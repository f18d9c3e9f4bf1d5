package dev.concertina.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.operation.ColumnReplacement.Retired;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnPlace;
import dev.concertina.schema.OwnedSequence;
import dev.concertina.schema.Renaming;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Makes an integer key a {@code bigint}: with its sequence or identity, its indexes, and
 * everything in other tables that refers to it. All columns keep their names: hidden ones
 * take their places one after the other, and the old ones are dropped together.
 *
 * @param table the table
 * @param column the key, {@code smallint} or {@code integer}
 */
public record WidenKey(TableName table, ColumnName column) implements Operation {

	private static final SqlType BIGINT = SqlType.of("bigint");

	private static final Set<String> NARROW = Set.of("smallint", "integer");

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the key
	 * @return the operation
	 */
	public static WidenKey of(String table, String column) {
		return new WidenKey(TableName.of(table), ColumnName.of(column));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table key = before.table(this.table);
		if (!isNarrow(key.column(this.column))) {
			throw new InvalidDefinitionException(
					"Column %s.%s is %s".formatted(key.name(), this.column, key.column(this.column).type()),
					"Choose a column of type smallint or integer.");
		}
		Names names = new Names(plan);
		Map<ColumnPlace, ColumnName> replaced = new LinkedHashMap<>();
		collect(before, names, new ColumnPlace(key.name(), this.column), replaced);
		Renaming renaming = (table, column) -> replaced.getOrDefault(new ColumnPlace(table, column), column);
		List<Retired> all = new ArrayList<>();
		Schema after = before;
		for (Map.Entry<ColumnPlace, ColumnName> each : replaced.entrySet()) {
			plan.nextPart();
			Table table = before.table(each.getKey().table());
			Column old = table.column(each.getKey().column());
			Optional<OwnedSequence> sequence = before.catalog().sequence(table.name(), old.name());
			ColumnReplacement replacement = replacement(before, table, old, each.getValue(), sequence.isPresent());
			all.add(replacement.retire(plan, replacement.prepare(before, plan, renaming),
					sequence.map((found) -> ColumnFiller.of(table, old, found, BIGINT)).orElse(ColumnFiller.NONE)));
			after = after.with(replacement.after(after.table(table.name())));
		}
		all.forEach((one) -> plan.contract(one.step()));
		plan.contract(TakeOver.step(before, all.stream().map(Retired::drop).toList()));
		return after;
	}

	/** The key first, then what refers to it, and what refers to that. */
	private static void collect(Schema schema, Names names, ColumnPlace place, Map<ColumnPlace, ColumnName> replaced) {
		if (!replaced.containsKey(place)) {
			replaced.put(place, names.meanwhile(place.column()));
			for (ColumnPlace reference : schema.catalog().references(place.table(), place.column())) {
				if (isNarrow(schema.table(reference.table()).column(reference.column()))) {
					collect(schema, names, reference, replaced);
				}
			}
		}
	}

	private static boolean isNarrow(Column column) {
		return NARROW.contains(column.type().sql());
	}

	private static ColumnReplacement replacement(Schema before, Table table, Column old, ColumnName hidden,
			boolean filled) {
		Requirements.replaceableFilled(before, table, old);
		MappedColumn to = new MappedColumn(before.newColumn(hidden, BIGINT), SqlExpression.of(old.name()),
				filled ? null : old.defaultValue());
		return new ColumnReplacement(table, old, to, SqlExpression.of(old.name()), old.name());
	}

}
