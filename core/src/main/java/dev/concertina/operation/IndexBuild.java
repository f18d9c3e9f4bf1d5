package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Index;
import dev.concertina.schema.Partition;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Builds an index beside reads and writes. PostgreSQL can't do that for a partitioned
 * table as a whole: each leaf gets its own first, then all are put together, which needs
 * only a short lock.
 *
 * @param table the table
 * @param name the name of the index
 * @param unique whether it forbids a value twice
 * @param definition what follows the name of the table, such as
 * {@code USING btree (mail)}
 */
record IndexBuild(Table table, Identifier name, boolean unique, String definition) {

	/**
	 * Return the steps. A name that is taken is refused: what a broken attempt has left
	 * is dropped before the next one, and must not be somebody else's.
	 */
	List<Ddl> steps(Schema schema) {
		requireFree(schema, nameOf(this.table.name()));
		if (this.table.kind() != Table.Kind.PARTITIONED) {
			return List.of(concurrently(this.table.name(), this.name));
		}
		List<Partition> partitions = schema.catalog().partitions(this.table.name());
		List<Ddl> steps = new ArrayList<>();
		for (Partition partition : partitions) {
			requireFree(schema, in(partition.name(), nameOf(partition)));
			if (partition.leaf()) {
				steps.add(concurrently(partition.name(), nameOf(partition)));
			}
		}
		steps.add(together(partitions));
		return steps;
	}

	/**
	 * Return the step that makes it a constraint of the same name.
	 * @param kind {@code UNIQUE} or {@code PRIMARY KEY}
	 * @param clauses what is said behind it
	 */
	Ddl constraint(String kind, String clauses) {
		String table = this.table.name().quoted();
		return Ddl.of("make unique index %s a constraint".formatted(this.name), TableLock.exclusive(this.table.name()),
				"ALTER TABLE %s ADD CONSTRAINT %2$s %3$s USING INDEX %2$s%4$s".formatted(table, this.name.quoted(),
						kind, clauses),
				"ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s".formatted(table, this.name.quoted()));
	}

	/**
	 * Return the statements that give it the name of another index that is gone by then:
	 * for each partition that of the part there, or one that is made of both names.
	 */
	List<String> takeName(Schema schema, Identifier to) {
		Map<TableName, TableName> gone = schema.catalog()
			.constraints()
			.parts(in(this.table.name(), to))
			.stream()
			.collect(Collectors.toMap(Index::table, Index::name));
		List<String> statements = new ArrayList<>(List.of(rename(this.table.name(), this.name, to)));
		if (this.table.kind() == Table.Kind.PARTITIONED) {
			IndexBuild renamed = new IndexBuild(this.table, to, this.unique, this.definition);
			for (Partition partition : schema.catalog().partitions(this.table.name())) {
				TableName part = gone.getOrDefault(partition.name(), in(partition.name(), renamed.nameOf(partition)));
				if (!gone.containsValue(part)) {
					requireFree(schema, part);
				}
				statements.add(rename(partition.name(), nameOf(partition), new Identifier(part.name())));
			}
		}
		return statements;
	}

	private static String rename(TableName table, Identifier from, Identifier to) {
		return "ALTER INDEX %s RENAME TO %s".formatted(in(table, from).quoted(), to.quoted());
	}

	private static void requireFree(Schema schema, TableName index) {
		if (schema.catalog().isTaken(index)) {
			throw new InvalidDefinitionException(
					"An index would be called %s, and there is one of that name".formatted(index),
					"Rename that one, or choose another name.");
		}
	}

	private Ddl concurrently(TableName table, Identifier index) {
		String name = in(table, index).quoted();
		return Ddl.concurrent("build index %s of %s".formatted(index, table), table,
				"CREATE %s CONCURRENTLY %s ON %s %s".formatted(kind(), index.quoted(), table.quoted(), this.definition),
				List.of("DROP INDEX CONCURRENTLY IF EXISTS " + name), List.of("DROP INDEX IF EXISTS " + name));
	}

	private Ddl together(List<Partition> partitions) {
		List<TableLock> locks = new ArrayList<>(List.of(TableLock.againstWrites(this.table.name())));
		List<String> statements = new ArrayList<>(List.of(create(this.table.name(), this.name)));
		for (Partition partition : partitions) {
			locks.add(TableLock.againstWrites(partition.name()));
			Identifier index = nameOf(partition);
			if (!partition.leaf()) {
				statements.add(create(partition.name(), index));
			}
		}
		for (Partition partition : partitions) {
			Identifier parent = partition.parent().equals(this.table.name()) ? this.name
					: nameOf(partition.parent().name());
			statements.add("ALTER INDEX %s ATTACH PARTITION %s".formatted(in(partition.parent(), parent).quoted(),
					in(partition.name(), nameOf(partition)).quoted()));
		}
		return Ddl.of("put index %s of %s together".formatted(this.name, this.table.name()), locks, statements,
				List.of("DROP INDEX IF EXISTS " + in(this.table.name(), this.name).quoted()));
	}

	private String create(TableName table, Identifier index) {
		return "CREATE %s %s ON ONLY %s %s".formatted(kind(), index.quoted(), table.quoted(), this.definition);
	}

	private String kind() {
		return this.unique ? "UNIQUE INDEX" : "INDEX";
	}

	private TableName nameOf(TableName table) {
		return in(table, this.name);
	}

	private Identifier nameOf(Partition partition) {
		return nameOf(partition.name().name());
	}

	private Identifier nameOf(String partition) {
		return Identifier.derived(this.name.value(), partition);
	}

	private static TableName in(TableName table, Identifier index) {
		return new TableName(table.schema(), index.value());
	}

}
