package dev.concertina.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Attachment;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Column;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Renaming;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Columns that another table gets under the same names, with what their table has because
 * of them: indexes, checks, foreign keys and statistics arrive if they are about these
 * columns alone, and PostgreSQL says that they take a row of NULLs, as many as there are.
 *
 * @param from the table that has the columns
 * @param to the table that gets them
 * @param columns the columns
 */
record ColumnMove(Table from, Table to, List<Column> columns) {

	/** No table of the database, so that it has just the columns that move. */
	private static final TableName TRIAL = new TableName(null, "concertina moved columns");

	ColumnMove {
		columns = List.copyOf(columns);
	}

	/**
	 * Refuse columns that the other table can't get, and return the step that makes them.
	 */
	Ddl addColumns(Schema before, PlanBuilder plan) {
		List<String> statements = new ArrayList<>();
		List<String> settings = new ArrayList<>();
		List<String> undo = new ArrayList<>();
		String table = this.to.name().quoted();
		for (Column column : this.columns) {
			this.to.requireFree(column.name());
			Requirements.alone(plan, this.to, column.name());
			Requirements.addedAtOnce(before, this.to, column);
			statements.add("ALTER TABLE %s ADD COLUMN %s %s%s".formatted(table, column.name().quoted(), column.type(),
					before.catalog().collation(this.from.name(), column.name(), column.type())));
			settings.addAll(before.catalog().settings(this.from.name(), column.name(), this.to.name(), column));
			undo.add("ALTER TABLE IF EXISTS %s DROP COLUMN IF EXISTS %s".formatted(table, column.name().quoted()));
		}
		statements.addAll(settings);
		return Ddl.of("add column %s to %s".formatted(OneToOne.names(this.columns), this.to.name()),
				List.of(TableLock.exclusive(this.to.name())), statements, undo);
	}

	/**
	 * Return the other table with the columns.
	 */
	Table target() {
		Table table = this.to;
		for (Column column : this.columns) {
			table = table.with(new Column(column.name(), column.type(), true, null, Column.Generation.NONE));
		}
		return table;
	}

	/**
	 * Return what arrives, and say of the rest why it does not.
	 */
	List<Carried> carried(Schema before, PlanBuilder plan) {
		Names names = new Names(plan);
		List<Carried> carried = new ArrayList<>();
		for (Attachment attachment : attachments(before)) {
			Optional<String> objection = objection(before, attachment);
			objection.ifPresentOrElse(
					(reason) -> plan.note("%s of %s does not arrive at %s: %s.".formatted(attachment.describe(),
							this.from.name(), this.to.name(), reason)),
					() -> carried.add(Carried.of(this.to, attachment, names)));
		}
		carried.forEach((part) -> part.make(before).forEach(plan::afterBackfill));
		return carried;
	}

	private List<Attachment> attachments(Schema before) {
		Map<String, Attachment> all = new LinkedHashMap<>();
		for (Column column : this.columns) {
			for (Attachment attachment : before.catalog()
				.attachments(this.from.name(), column.name(), column, Renaming.NONE)) {
				if (attachment.kind() == Kind.REFERENCE) {
					throw new InvalidDefinitionException(
							"Column %s.%s can't be dropped at the end, because the foreign key %s of %s refers to it"
								.formatted(this.from.name(), column.name(), attachment.name(), attachment.other()),
							"Drop or move that key first.");
				}
				all.putIfAbsent(attachment.describe(), attachment);
			}
		}
		return List.copyOf(all.values());
	}

	private Optional<String> objection(Schema before, Attachment attachment) {
		if (isTaken(before, attachment)) {
			return Optional.of("the name is taken there");
		}
		if (attachment.kind() == Kind.FOREIGN_KEY) {
			return foreignKeyObjection(before, attachment);
		}
		if (attachment.kind().isUnique() && this.to.kind() == Table.Kind.PARTITIONED) {
			return Optional.of("that is partitioned by other columns");
		}
		Table trial = new Table(TRIAL, Table.Kind.ORDINARY, this.columns, List.of());
		return before.catalog()
			.constraints()
			.objection(List.of(trial),
					(tables) -> Stream.of(List.of(tried(attachment, tables.get(0))), rowsOfNulls(tables.get(0)))
						.flatMap(List::stream)
						.toList());
	}

	/** Names of constraints are those of a table, all others those of a schema. */
	private boolean isTaken(Schema before, Attachment attachment) {
		TableName name = new TableName(this.to.name().schema(), attachment.name().value());
		boolean inOtherSchema = !new TableName(this.from.name().schema(), name.name()).equals(name);
		return (inOtherSchema && before.catalog().isTaken(name)) || before.catalog()
			.constraints()
			.of(this.to.name())
			.stream()
			.anyMatch((constraint) -> constraint.name().equals(attachment.name()));
	}

	private Optional<String> foreignKeyObjection(Schema before, Attachment attachment) {
		if (attachment.clauses().contains("ON DELETE CASCADE")) {
			return Optional.of("it would delete rows of another table");
		}
		List<String> names = this.columns.stream().map((column) -> column.name().value()).toList();
		return before.catalog()
			.constraints()
			.of(this.from.name())
			.stream()
			.filter((constraint) -> constraint.name().equals(attachment.name()))
			.flatMap((constraint) -> constraint.columns().stream())
			.filter((column) -> !names.contains(column.value()))
			.findFirst()
			.map("it is about column %s, which does not move"::formatted);
	}

	private static String tried(Attachment attachment, String table) {
		return switch (attachment.kind()) {
			case CHECK -> "ALTER TABLE %s ADD %s".formatted(table, attachment.definition());
			case STATISTICS -> "CREATE STATISTICS pg_temp.%s %s FROM %s"
				.formatted(new Identifier("concertina statistics").quoted(), attachment.definition(), table);
			default -> "CREATE %s ON %s %s".formatted(attachment.kind().isUnique() ? "UNIQUE INDEX" : "INDEX", table,
					attachment.definition());
		};
	}

	private static List<String> rowsOfNulls(String table) {
		String insert = "INSERT INTO %s DEFAULT VALUES".formatted(table);
		return List.of(insert, insert);
	}

	/**
	 * Return the other tables that are locked when the columns, and with them their
	 * foreign keys, are dropped.
	 */
	List<TableName> referred(Schema before) {
		return attachments(before).stream().map(Attachment::other).filter(Objects::nonNull).distinct().toList();
	}

}
