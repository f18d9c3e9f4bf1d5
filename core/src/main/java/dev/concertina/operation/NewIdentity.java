package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A new column that is filled from a sequence of its own while rows are copied, and
 * becomes an identity, which goes on where that sequence was, at the contract: to add it
 * as one would write every row anew.
 *
 * @param table the table
 * @param column the new column
 * @param identity who gives it its values
 * @param sequence the sequence that it has meanwhile
 */
record NewIdentity(Table table, Column column, Identity identity, TableName sequence) {

	/** The first version whose partitions have the identity of their table. */
	private static final int OF_PARTITIONS = 17;

	static NewIdentity of(Schema schema, PlanBuilder plan, Table table, Column column, Identity identity) {
		if (table.kind() == Table.Kind.PARTITIONED && schema.catalog().objects().majorVersion() < OF_PARTITIONS) {
			throw new InvalidDefinitionException(
					"%s is partitioned, and before PostgreSQL 17 its partitions can't have an identity".formatted(
							table.name()),
					"Create a sequence, and give the column its next value as 'default'.");
		}
		Names names = new Names(plan);
		TableName sequence = new TableName(table.name().schema(),
				names.meanwhile(new Identifier(column.name().value())).value());
		NewIdentity made = new NewIdentity(table, column, identity, sequence);
		schema.catalog()
			.constraints()
			.objection(List.of(table),
					(twins) -> List.of("ALTER TABLE %s ADD COLUMN %s %s %s".formatted(twins.get(0),
							column.name().quoted(), column.type(), made.clause())))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"Column %s.%s can't be an identity: %s".formatted(table.name(), column.name(), objection),
						"Write smallint, integer or bigint as its type.");
			});
		return made;
	}

	/**
	 * Return the filled column: everybody may draw its values, as a trigger draws with
	 * the rights of who writes.
	 */
	FilledColumn filled() {
		return new FilledColumn(this.table, this.column, next(), true);
	}

	SqlExpression next() {
		return SqlExpression.of("nextval(%s)".formatted(Identifier.literal(this.sequence.quoted())));
	}

	Ddl createSequence() {
		String name = this.sequence.quoted();
		return Ddl.of("create the sequence of %s.%s".formatted(this.table.name(), this.column.name()), List.of(),
				List.of("CREATE SEQUENCE %s AS %s".formatted(name, this.column.type()),
						"GRANT USAGE ON SEQUENCE %s TO PUBLIC".formatted(name)),
				List.of("DROP SEQUENCE IF EXISTS " + name));
	}

	/**
	 * Return the step that makes it an identity when every row has a value.
	 * @param ended what ends the dual write
	 */
	Ddl complete(List<String> ended) {
		String table = this.table.name().quoted();
		List<String> statements = new ArrayList<>(ended);
		statements.add("ALTER TABLE %s ALTER COLUMN %s ADD %s".formatted(table, this.column.name().quoted(), clause()));
		statements.add("SELECT setval(pg_get_serial_sequence(%s, %s), last_value, is_called) FROM %s".formatted(
				Identifier.literal(table), Identifier.literal(this.column.name().value()), this.sequence.quoted()));
		statements.add("DROP SEQUENCE " + this.sequence.quoted());
		List<String> undo = new ArrayList<>(ended);
		undo.add("ALTER TABLE IF EXISTS %s ALTER COLUMN %s DROP IDENTITY IF EXISTS".formatted(table,
				this.column.name().quoted()));
		return Ddl.of("make %s.%s an identity".formatted(this.table.name(), this.column.name()),
				List.of(TableLock.exclusive(this.table.name())), statements, undo);
	}

	private String clause() {
		return "GENERATED %s AS IDENTITY".formatted(this.identity.sql());
	}

}
