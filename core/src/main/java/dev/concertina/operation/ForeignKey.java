package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A foreign key that is added beside reads and writes.
 *
 * @param name its name
 * @param child the table that refers
 * @param columns the columns that refer
 * @param parent the table that they refer to
 * @param referenced the columns that they refer to
 * @param clauses what is said behind it, such as {@code  ON DELETE CASCADE}
 */
record ForeignKey(Identifier name, Table child, List<ColumnName> columns, TableName parent, List<ColumnName> referenced,
		String clauses) {

	ForeignKey {
		columns = List.copyOf(columns);
		referenced = List.copyOf(referenced);
	}

	/**
	 * Return the key of a table that was made, under the name that PostgreSQL gives it.
	 */
	static ForeignKey of(Table child, List<ColumnName> columns, Table parent, List<ColumnName> referenced,
			String clauses) {
		Identifier name = Identifier.derived(child.name().name(),
				columns.stream().map(ColumnName::value).collect(Collectors.joining("_")), "fkey");
		return new ForeignKey(name, child, columns, parent.name(), referenced, clauses);
	}

	/**
	 * Return the key of a table that was made for the rows of another one. Until the
	 * contract it is deferred: when the key of a parent changes, PostgreSQL would else
	 * look for its rows before our trigger has moved them.
	 */
	static ForeignKey deferred(Table child, List<ColumnName> columns, Table parent, List<ColumnName> referenced) {
		return of(child, columns, parent, referenced, " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED");
	}

	/**
	 * Return the locks of a foreign key, in the order in which an application takes them
	 * that writes a parent and then its children.
	 */
	static List<TableLock> locks(TableName parent, TableName child) {
		return Stream.of(parent, child).distinct().map(TableLock::againstWrites).toList();
	}

	/**
	 * Refuse a key that PostgreSQL would refuse, as it says for empty tables of the same
	 * columns.
	 */
	void requireAccepted(Schema schema, Table parentTable) {
		boolean isOfItself = this.parent.equals(this.child.name());
		Optional<String> objection = schema.catalog()
			.constraints()
			.objection(isOfItself ? List.of(this.child) : List.of(this.child, parentTable), (tables) -> {
				String target = tables.get(isOfItself ? 0 : 1);
				return List.of("CREATE UNIQUE INDEX ON %s (%s)".formatted(target, list(this.referenced)),
						"ALTER TABLE %s ADD %s NOT VALID".formatted(tables.get(0), definition(target)));
			});
		if (objection.isPresent()) {
			throw new InvalidDefinitionException(
					"The foreign key %s of %s can't be added: %s".formatted(this.name, this.child.name(),
							objection.get()),
					(this.child.kind() == Table.Kind.PARTITIONED)
							? "PostgreSQL before 18 can't add one to a partitioned table without a lock for as long as it reads all rows; upgrade first, or add one to each partition."
							: "Refer to columns of the same types, which can be compared.");
		}
	}

	List<Ddl> steps(Schema schema) {
		List<TableName> partitions = Partitions.of(schema, this.child);
		List<TableLock> locks = new ArrayList<>();
		Stream
			.concat(Partitions.and(schema, this.parent),
					Stream.concat(Stream.of(this.child.name()), partitions.stream()))
			.distinct()
			.map(TableLock::againstWrites)
			.forEach(locks::add);
		return new ConstraintBuild(this.child.name(), this.name, this.name, definition(this.parent.quoted()), locks,
				partitions)
			.steps(true);
	}

	/**
	 * Return the statement that ends the deferral.
	 */
	String atOnce() {
		return "ALTER TABLE %s ALTER CONSTRAINT %s NOT DEFERRABLE".formatted(this.child.name().quoted(),
				this.name.quoted());
	}

	/**
	 * Return its definition.
	 * @param parent the table that it refers to, quoted
	 */
	String definition(String parent) {
		return "FOREIGN KEY (%s) REFERENCES %s (%s)%s".formatted(list(this.columns), parent, list(this.referenced),
				this.clauses);
	}

	static String list(List<ColumnName> columns) {
		return columns.stream().map(ColumnName::quoted).collect(Collectors.joining(", "));
	}

	/**
	 * Return what finds the rows without a parent. A row with NULL in one of the columns
	 * needs none.
	 */
	Check orphans() {
		String given = this.columns.stream()
			.map(this.child::column)
			.filter(Column::nullable)
			.map((column) -> column.name().of(Row.SOURCE) + " IS NOT NULL AND ")
			.collect(Collectors.joining());
		List<String> same = new ArrayList<>();
		for (int number = 0; number < this.columns.size(); number++) {
			same.add("p.%s = %s".formatted(this.referenced.get(number).quoted(),
					this.columns.get(number).of(Row.SOURCE)));
		}
		String comparison = """
				SELECT %s AS key,
				       CASE WHEN %sNOT EXISTS (SELECT FROM %s AS p WHERE %s) THEN 'extra' END AS difference
				  FROM""".formatted(RowSql.key(this.child), given, this.parent.quoted(), String.join(" AND ", same));
		return new Check("every row of %s has its parent".formatted(this.child.name()), this.child.name(),
				new RangedSql(comparison, " WHERE", ""));
	}

}
