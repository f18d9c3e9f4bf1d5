package dev.concertina.operation;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Belongings;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Turns an ordinary table into a partitioned one of the same name. The application does
 * not notice: the old table serves until the contract, when the new one takes its place,
 * and follows it out of sight until it is dropped.
 *
 * @param table the table; it needs a primary key
 * @param by how rows are told apart: {@code range}, {@code list} or {@code hash}
 * @param column the column that decides on the partition
 * @param every for {@code range}: the time that one partition holds
 * @param from for {@code range}: the first day that gets a partition of its own, such as
 * {@code 2024-01-01}; older rows are together in one
 * @param ahead for {@code range}: how many partitions are made for the time to come
 * @param partitions for {@code list}: the partitions; other values go to a default one
 * @param modulus for {@code hash}: how many partitions there are
 * @param extendKey whether the column is appended to the primary key, if that lacks it:
 * the rest of the key alone may then be there twice
 */
public record PartitionTable(TableName table, PartitionMethod by, ColumnName column, @Nullable PartitionPeriod every,
		@Nullable String from, @Nullable Integer ahead, List<ListPartition> partitions, @Nullable Integer modulus,
		boolean extendKey) implements Operation {

	public PartitionTable {
		partitions = List.copyOf(partitions);
		boolean range = by == PartitionMethod.RANGE;
		requireIf(range, every != null, by, "every");
		requireIf(range, from != null, by, "from");
		requireIf(range, ahead != null, by, "ahead");
		requireIf(by == PartitionMethod.LIST, !partitions.isEmpty(), by, "partitions");
		requireIf(by == PartitionMethod.HASH, modulus != null, by, "modulus");
		requirePositive("ahead", ahead);
		requirePositive("modulus", modulus);
		requireDay(from);
	}

	private static void requireIf(boolean needed, boolean given, PartitionMethod by, String key) {
		if (needed != given) {
			throw new InvalidDefinitionException(
					"'%s' is %s, but the table is partitioned by %s".formatted(key, given ? "given" : "missing", by),
					given ? "Remove it." : "Add the key '%s' with a value.".formatted(key));
		}
	}

	private static void requirePositive(String key, @Nullable Integer number) {
		if (number != null && number < 1) {
			throw new InvalidDefinitionException("'%s' is %d".formatted(key, number), "Write 1 or more.");
		}
	}

	private static void requireDay(@Nullable String from) {
		try {
			Optional.ofNullable(from).ifPresent(LocalDate::parse);
		}
		catch (DateTimeException ex) {
			throw new InvalidDefinitionException("'from' is no day: %s".formatted(from),
					"Write a day such as 2024-01-31.");
		}
	}

	/**
	 * Return the operation for partitions that hold a time each.
	 * @param table the table
	 * @param column the column with the time: {@code date} or a timestamp
	 * @param every the time that one partition holds
	 * @param from the first day that gets a partition of its own
	 * @param ahead how many partitions are made for the time to come
	 * @return the operation
	 */
	public static PartitionTable byRange(String table, String column, PartitionPeriod every, String from, int ahead) {
		return new PartitionTable(TableName.of(table), PartitionMethod.RANGE, ColumnName.of(column), every, from, ahead,
				List.of(), null, false);
	}

	/**
	 * Return the operation for partitions that hold some values each.
	 * @param table the table
	 * @param column the column with the values
	 * @param partitions the partitions
	 * @return the operation
	 */
	public static PartitionTable byList(String table, String column, ListPartition... partitions) {
		return new PartitionTable(TableName.of(table), PartitionMethod.LIST, ColumnName.of(column), null, null, null,
				List.of(partitions), null, false);
	}

	/**
	 * Return the operation for partitions of about the same size.
	 * @param table the table
	 * @param column the column whose hash decides
	 * @param modulus how many partitions there are
	 * @return the operation
	 */
	public static PartitionTable byHash(String table, String column, int modulus) {
		return new PartitionTable(TableName.of(table), PartitionMethod.HASH, ColumnName.of(column), null, null, null,
				List.of(), modulus, false);
	}

	/**
	 * Return the operation that appends the column to the primary key.
	 * @return the operation
	 */
	public PartitionTable withExtendedKey() {
		return new PartitionTable(this.table, this.by, this.column, this.every, this.from, this.ahead, this.partitions,
				this.modulus, true);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table old = before.table(this.table);
		requireOrdinary(old);
		Requirements.untouched(plan, old);
		List<ColumnName> key = key(plan, old);
		requireTime(old.column(this.column));
		requireMovable(before, old);
		TableName hidden = new TableName(old.name().schema(),
				new Names(plan).meanwhile(Identifier.of(old.name().name())).value());
		Table made = new Table(hidden, Table.Kind.PARTITIONED, old.columns(), key);
		PartitionedTwin twin = new PartitionedTwin(before, plan, old, made,
				new PartitionLayout(this, made.name(), old.name()));
		twin.create();
		Belongings belongings = before.catalog().belongings(old.name());
		DualWrite sync = new TableMirror(old, made, key, belongings.references()).keep(plan);
		new PartitionTakeOver(before, plan, old, made).addTo(sync);
		tell(belongings, plan, old);
		return before.without(old.name());
	}

	private static void requireOrdinary(Table old) {
		if (old.kind() != Table.Kind.ORDINARY) {
			throw new InvalidDefinitionException(
					"%s is no ordinary table, but partitioned, a partition, a view or a foreign table, or other tables inherit from it, or it inherits itself"
						.formatted(old.name()),
					"Choose an ordinary table.");
		}
	}

	private List<ColumnName> key(PlanBuilder plan, Table old) {
		if (old.primaryKey().isEmpty()) {
			throw new InvalidDefinitionException("Table %s has no primary key".formatted(old.name()),
					"Add one first, by addPrimaryKey: the rows are told apart by it while they are copied.");
		}
		Column column = old.column(this.column);
		if (old.primaryKey().contains(this.column)) {
			return old.primaryKey();
		}
		if (!this.extendKey) {
			throw new InvalidDefinitionException(
					"The primary key %s of %s lacks column %s, and PostgreSQL keeps a key unique within a partition only"
						.formatted(old.primaryKey(), old.name(), this.column),
					"Partition by a column of the key, or write 'extendKey: true' to append the column to the key.");
		}
		if (column.nullable()) {
			throw new InvalidDefinitionException(
					"Column %s.%s accepts NULL and can't be in a primary key".formatted(old.name(), this.column),
					"Forbid NULL first, by setNotNull in a change of its own.");
		}
		List<ColumnName> key = new ArrayList<>(old.primaryKey());
		key.add(this.column);
		plan.note(
				"The primary key of %s becomes %s: once the ordinary table is dropped, the database no longer keeps %s alone unique; from the contract on, ON CONFLICT %3$s finds no index."
					.formatted(old.name(), key, old.primaryKey()));
		return key;
	}

	private void requireTime(Column time) {
		String type = time.type().sql();
		if (this.by == PartitionMethod.RANGE && !type.equals("date") && !type.startsWith("timestamp")) {
			throw new InvalidDefinitionException("Column %s is %s, and has no time".formatted(this.column, type),
					"Choose a column of type date or timestamp, or partition by list or hash.");
		}
	}

	private void requireMovable(Schema before, Table old) {
		List<String> obstacles = new ArrayList<>(before.catalog().belongings(old.name()).obstacles(this.column));
		obstacles.addAll(before.catalog().objects().dependants(old.name()));
		if (!obstacles.isEmpty()) {
			throw new InvalidDefinitionException("A partitioned table can't take the place of %s, because of: %s"
				.formatted(old.name(), String.join("; ", obstacles)),
					"Drop or change these first, by a change of its own.");
		}
	}

	private void tell(Belongings belongings, PlanBuilder plan, Table old) {
		belongings.triggers()
			.stream()
			.filter(Belongings.Trigger::beforeRow)
			.forEach((trigger) -> plan.note(
					"Trigger %s may not change column %s from now on: PostgreSQL refuses to move a row to another partition before it is written."
						.formatted(trigger.name(), this.column)));
		plan.note(
				"Until the ordinary table that %s was is dropped, nothing of %1$s may be changed; the contract and an unretire look, and do not go on if something was."
					.formatted(old.name()))
			.note("Rows that leave %s with a partition that is dropped, detached or truncated, or come with one that is attached, are not carried to the ordinary table while that is out of sight."
				.formatted(old.name()))
			.note("A transaction in REPEATABLE READ or SERIALIZABLE that began before the rows were copied, and reads %s first after the contract, misses rows."
				.formatted(old.name()));
	}

	/**
	 * Return the partitions for the time to come of the table as it is after the
	 * contract.
	 */
	Optional<PartitionsAhead> ahead(String schema) {
		TableName qualified = this.table.besides(new TableName(schema, this.table.name()));
		return new PartitionLayout(this, qualified, qualified).ahead();
	}

}
