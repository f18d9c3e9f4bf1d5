package dev.concertina.operation;

import java.util.List;

import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;

/**
 * The way to NOT NULL that never scans under a strong lock: a CHECK that is not valid
 * yet, its validation beside reads and writes, and {@code SET NOT NULL}, which PostgreSQL
 * 12 and newer believe because of the CHECK.
 */
final class NotNull {

	private NotNull() {
	}

	static List<Ddl> steps(Table table, ColumnName column) {
		String name = table.name().quoted();
		Identifier check = Names.constraint(table, column, "is_given");
		String dropCheck = "ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s".formatted(name, check.quoted());
		String place = "%s.%s".formatted(table.name(), column);
		return List.of(
				Ddl.of("check that %s is not null from now on".formatted(place), TableLock.exclusive(table.name()),
						"ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID".formatted(name,
								check.quoted(), column.quoted()),
						dropCheck),
				Ddl.of("check that %s is not null in every row".formatted(place), TableLock.besideWrites(table.name()),
						"ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(name, check.quoted()), dropCheck),
				Ddl.of("set %s not null".formatted(place), TableLock.exclusive(table.name()),
						"ALTER TABLE %s ALTER COLUMN %s SET NOT NULL".formatted(name, column.quoted()),
						"ALTER TABLE IF EXISTS %s ALTER COLUMN %s DROP NOT NULL".formatted(name, column.quoted())),
				Ddl.of("drop the check that %s is not null".formatted(place), TableLock.exclusive(table.name()),
						dropCheck, dropCheck));
	}

	/**
	 * Return the proof that there is nothing that would be refused.
	 */
	static Check proof(Table table, ColumnName column) {
		String comparison = "SELECT %s AS key, CASE WHEN %s IS NULL THEN 'missing' END AS difference FROM"
			.formatted(RowSql.key(table), column.of(Row.SOURCE));
		return new Check("%s.%s holds no NULL".formatted(table.name(), column), table.name(),
				new RangedSql(comparison, " WHERE", ""));
	}

}
