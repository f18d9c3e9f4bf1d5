package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Key;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.Column.Generation;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Adds a column: nullable, with a default, filled from an expression over the row,
 * computed when it is read, or an identity.
 *
 * <p>
 * A default that is the same for every row costs nothing and is set at once. A volatile
 * default, and an expression, are copied into the existing rows; the expression is also
 * computed for what the old version writes, until the contract. The default that a column
 * with an expression shall have is set at the contract, when an identity becomes one,
 * too.
 *
 * @param table the table
 * @param column the new column
 * @param type its type
 * @param notNull whether it shall forbid NULL; needs a default or an expression
 * @param defaultValue its default
 * @param up its value in rows that were written without it, an expression over the other
 * columns
 * @param generated what PostgreSQL computes whenever it is read, an expression over the
 * other columns; PostgreSQL 18 and newer
 * @param identity who gives it its values, which are numbers one after the other
 */
public record AddColumn(TableName table, ColumnName column, SqlType type, boolean notNull,
		@Key("default") @Nullable SqlExpression defaultValue, @Nullable SqlExpression up,
		@Nullable SqlExpression generated, @Nullable Identity identity) implements Operation {

	public AddColumn {
		boolean isGiven = defaultValue != null || up != null;
		if ((generated != null && (isGiven || identity != null)) || (identity != null && isGiven)) {
			throw new InvalidDefinitionException("Column %s would get its values in two ways".formatted(column),
					"Keep either 'generated', or 'identity', or 'default' and 'up'.");
		}
		if (generated != null && notNull) {
			throw new InvalidDefinitionException(
					"PostgreSQL would read all rows under a lock to forbid NULL in the generated column %s"
						.formatted(column),
					"Remove 'notNull', and forbid it by addCheck.");
		}
	}

	/**
	 * Return the operation for a nullable column.
	 * @param table the table
	 * @param column the new column
	 * @param type its type
	 * @return the operation
	 */
	public static AddColumn of(String table, String column, String type) {
		return new AddColumn(TableName.of(table), ColumnName.of(column), SqlType.of(type), false, null, null, null,
				null);
	}

	/**
	 * Return the operation with a default.
	 * @param value the default
	 * @return the operation
	 */
	public AddColumn withDefault(String value) {
		return new AddColumn(this.table, this.column, this.type, this.notNull, SqlExpression.of(value), this.up,
				this.generated, this.identity);
	}

	/**
	 * Return the operation with an expression.
	 * @param value the value in rows that were written without the column
	 * @return the operation
	 */
	public AddColumn filledBy(String value) {
		return new AddColumn(this.table, this.column, this.type, this.notNull, this.defaultValue,
				SqlExpression.of(value), this.generated, this.identity);
	}

	/**
	 * Return the operation for a column that is computed when it is read.
	 * @param value what is computed
	 * @return the operation
	 */
	public AddColumn generatedFrom(String value) {
		return new AddColumn(this.table, this.column, this.type, this.notNull, this.defaultValue, this.up,
				SqlExpression.of(value), this.identity);
	}

	/**
	 * Return the operation for an identity.
	 * @param value who gives it its values
	 * @return the operation
	 */
	public AddColumn withIdentity(Identity value) {
		return new AddColumn(this.table, this.column, this.type, this.notNull, this.defaultValue, this.up,
				this.generated, value);
	}

	/**
	 * Return the operation for a column that forbids NULL.
	 * @return the operation
	 */
	public AddColumn withNotNull() {
		return new AddColumn(this.table, this.column, this.type, true, this.defaultValue, this.up, this.generated,
				this.identity);
	}

	@Override
	public Schema compile(Schema before, Plan.Builder plan) {
		Table found = before.table(this.table);
		found.requireFree(this.column);
		Requirements.alone(plan, found, this.column);
		Column added = before.newColumn(this.column, this.type);
		Requirements.addedAtOnce(before, found, added);
		requireValue(found);
		if (this.defaultValue != null) {
			Requirements.constant(before, found, this.defaultValue, this.type);
		}
		if (this.generated != null) {
			VirtualColumn virtual = new VirtualColumn(found, added, this.generated);
			virtual.require(before);
			plan.expand(add(found, virtual.clause()));
			return before.with(found.with(virtual.generated()));
		}
		if (this.identity != null) {
			NewIdentity numbered = NewIdentity.of(before, plan, found, added, this.identity);
			plan.expand(numbered.createSequence());
			plan.contract(numbered.complete(fill(before, plan, numbered.filled(), true).drop()));
			return before.with(found.with(new Column(this.column, this.type, false, null, Generation.IDENTITY)));
		}
		if (this.up != null) {
			Requirements.compiles(before, found, "up", this.up, this.type);
			plan.contract(
					finish(found, fill(before, plan, new FilledColumn(found, added, this.up, false), this.notNull)));
		}
		else if (this.defaultValue != null && before.catalog().isVolatile(this.defaultValue.functions())) {
			plan.contract(finish(found,
					fill(before, plan, new FilledColumn(found, added, this.defaultValue, false), this.notNull)));
		}
		else {
			plan.expand(add(found, instant()));
		}
		return before.with(found.with(added.withNullable(!this.notNull)));
	}

	private void requireValue(Table found) {
		if (this.notNull && this.defaultValue == null && this.up == null && this.identity == null) {
			throw new InvalidDefinitionException("Column %s.%s shall forbid NULL, but rows have no value for it"
				.formatted(found.name(), this.column), "Give it a 'default', or an expression 'up'.");
		}
	}

	private String instant() {
		String constraint = this.notNull ? " NOT NULL" : "";
		return (this.defaultValue != null) ? " DEFAULT %s%s".formatted(this.defaultValue.enclosed(), constraint)
				: constraint;
	}

	private DualWrite fill(Schema before, Plan.Builder plan, FilledColumn filled, boolean forbidsNull) {
		Table found = filled.table();
		Requirements.chunks(found);
		Requirements.lastToFire(before, found, this.column);
		SyncTrigger trigger = filled.trigger(plan);
		DualWrite sync = trigger
			.dualWrite("fill %s.%s in what is written without it".formatted(found.name(), this.column));
		plan.expand(add(found, ""))
			.dualWrite(sync, trigger.narrow())
			.backfill(filled.copy())
			.afterBackfill(Statistics.of(found))
			.verify(filled.isFilled());
		if (forbidsNull) {
			NotNull.steps(found, this.column).forEach(plan::contract);
		}
		return sync;
	}

	private Ddl add(Table found, String clauses) {
		String name = found.name().quoted();
		return Ddl.of("add column %s to %s".formatted(this.column, found.name()), TableLock.exclusive(found.name()),
				"ALTER TABLE %s ADD COLUMN %s %s%s".formatted(name, this.column.quoted(), this.type, clauses),
				"ALTER TABLE IF EXISTS %s DROP COLUMN IF EXISTS %s".formatted(name, this.column.quoted()));
	}

	private Ddl finish(Table found, DualWrite sync) {
		List<String> statements = new ArrayList<>(sync.drop());
		if (this.defaultValue != null) {
			statements.add("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s".formatted(found.name().quoted(),
					this.column.quoted(), this.defaultValue.enclosed()));
		}
		return Ddl.of("stop filling %s.%s".formatted(found.name(), this.column),
				List.of(TableLock.exclusive(found.name())), statements, sync.drop());
	}

}
