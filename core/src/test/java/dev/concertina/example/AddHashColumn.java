package dev.concertina.example;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Adds the SHA-256 of a text as a column, kept so by a trigger that stays.
 *
 * @param table the table
 * @param column the column with the text
 * @param into the new column
 */
public record AddHashColumn(TableName table, ColumnName column, ColumnName into) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the column with the text
	 * @param into the new column
	 * @return the operation
	 */
	public static AddHashColumn of(String table, String column, String into) {
		return new AddHashColumn(TableName.of(table), ColumnName.of(column), ColumnName.of(into));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		found.column(this.column);
		found.requireFree(this.into);
		requireCopyable(found, plan);
		Column added = before.newColumn(this.into, SqlType.of("bytea"));
		before.catalog()
			.objection(SqlExpression.of(hash(this.column.quoted())), found, added.type())
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"Column %s.%s has no hash: %s".formatted(found.name(), this.column, objection),
						"Choose a column of type text.");
			});
		plan.expand(addColumn(found))
			.expand(computeWhenWritten(plan, found))
			.backfill(compute(found))
			.verify(isComputed(found));
		return before.with(found.with(added));
	}

	private void requireCopyable(Table found, PlanBuilder plan) {
		if (found.kind() == Table.Kind.OTHER) {
			throw new InvalidDefinitionException("%s has no rows of its own to go over".formatted(found.name()),
					"Choose an ordinary or partitioned table.");
		}
		if (!plan.claims().shared(found.name(), this.column) || !plan.claims().alone(found.name(), this.into)) {
			throw new InvalidDefinitionException("Another operation of the change is about %s or %s of %s".formatted(
					this.column, this.into, found.name()), "Make this one a change of its own, with a later version.");
		}
	}

	private Ddl addColumn(Table found) {
		return Ddl.of("add column %s to %s".formatted(this.into, found.name()), TableLock.exclusive(found.name()),
				"ALTER TABLE %s ADD COLUMN %s bytea".formatted(found.name().quoted(), this.into.quoted()),
				"ALTER TABLE IF EXISTS %s DROP COLUMN IF EXISTS %s".formatted(found.name().quoted(),
						this.into.quoted()));
	}

	/** It fires at each INSERT and UPDATE, so that no writer can get past a batch. */
	private Ddl computeWhenWritten(PlanBuilder plan, Table found) {
		Identifier name = Identifier.derived(found.name().name(), this.into.value(), "is_hash");
		String function = new TableName(found.name().schema(), name.value()).quoted();
		return Ddl.of("compute %s.%s in what is written".formatted(found.name(), this.into),
				List.of(TableLock.againstWrites(found.name())),
				List.of("""
						CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql
						 %s
						AS $function$
						BEGIN
						  NEW.%s := %s;
						  RETURN NEW;
						END
						$function$""".formatted(function, plan.settings().functionClauses(), this.into.quoted(),
						hash(this.column.of(Row.NEW))),
						"CREATE TRIGGER %s BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION %s()"
							.formatted(name.quoted(), found.name().quoted(), function)),
				List.of("DROP FUNCTION IF EXISTS %s() CASCADE".formatted(function)));
	}

	private Backfill compute(Table found) {
		String source = this.column.of(Row.SOURCE);
		return new Backfill("compute %s.%s".formatted(found.name(), this.into), found.name(),
				List.of(new RangedSql("UPDATE", " SET %s = %s WHERE".formatted(this.into.quoted(), hash(source)),
						"%s IS NULL AND %s IS NOT NULL".formatted(this.into.of(Row.SOURCE), source))));
	}

	private Check isComputed(Table found) {
		String comparison = """
				SELECT source.ctid::text AS key,
				       CASE WHEN %s IS DISTINCT FROM %s THEN 'different' END AS difference
				  FROM""".formatted(this.into.of(Row.SOURCE), hash(this.column.of(Row.SOURCE)));
		return new Check("%s.%s is the hash of %s".formatted(found.name(), this.into, this.column), found.name(),
				new RangedSql(comparison, " WHERE", ""));
	}

	private static String hash(String text) {
		return "sha256(convert_to(%s, 'UTF8'))".formatted(text);
	}

}
