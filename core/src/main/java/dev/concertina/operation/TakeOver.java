package dev.concertina.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * The moment when new columns take the places of old ones, with all that was made for
 * them under other names.
 *
 * @param table the table
 * @param from the old column
 * @param to the new column
 * @param name the name of the new column from now on
 * @param ended the triggers that end now
 * @param prepare what comes next: defaults, the ranges of sequences
 * @param carried what the new column has got in place of that of the old one
 */
record TakeOver(Table table, ColumnName from, ColumnName to, ColumnName name, List<DualWrite> ended,
		List<String> prepare, List<Carried> carried) {

	/**
	 * Return one step for all columns, as a key and what refers to it change together.
	 */
	static Ddl step(Schema schema, List<TakeOver> all) {
		List<String> statements = new ArrayList<>();
		for (TakeOver one : all) {
			one.ended.forEach((sync) -> statements.addAll(sync.drop()));
			statements.addAll(one.prepare);
		}
		carried(all, Kind.FOREIGN_KEY, Kind.REFERENCE).forEach((part) -> part.beforeDrop().forEach(statements::add));
		carried(all, Kind.PRIMARY_KEY).forEach((part) -> part.beforeDrop().forEach(statements::add));
		all.forEach((one) -> statements.addAll(one.replace()));
		all.stream()
			.flatMap((one) -> one.carried.stream())
			.sorted(Comparator.comparing((part) -> part.attachment().other() != null))
			.forEach((part) -> part.afterDrop(schema).forEach(statements::add));
		return Ddl.destructive(all.stream()
			.map((one) -> "%s.%s".formatted(one.table.name(), one.from))
			.collect(Collectors.joining(", ", "drop column ", "")), locks(all), statements);
	}

	private static List<Carried> carried(List<TakeOver> all, Kind... kinds) {
		return all.stream()
			.flatMap((one) -> one.carried.stream())
			.filter((part) -> List.of(kinds).contains(part.attachment().kind()))
			.toList();
	}

	private List<String> replace() {
		String alter = "ALTER TABLE %s ".formatted(this.table.name().quoted());
		List<String> statements = new ArrayList<>();
		statements.add("%sDROP COLUMN IF EXISTS %s".formatted(alter, this.from.quoted()));
		if (!this.name.equals(this.to)) {
			statements.add("%sRENAME COLUMN %s TO %s".formatted(alter, this.to.quoted(), this.name.quoted()));
		}
		return statements;
	}

	private static List<TableLock> locks(List<TakeOver> all) {
		Set<TableName> tables = new LinkedHashSet<>();
		all.forEach((one) -> tables.add(one.table.name()));
		carried(all, Kind.REFERENCE).stream().flatMap(Carried::others).forEach(tables::add);
		return LockOrder.exclusive(carried(all, Kind.FOREIGN_KEY).stream().flatMap(Carried::others).toList(), tables);
	}

}
