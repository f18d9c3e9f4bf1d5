package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.TableName;

/**
 * Adds a check or a foreign key beside reads and writes: first it holds for what is
 * written from then on, which needs a short lock; then PostgreSQL reads the rows that are
 * there, which needs none that anybody waits for.
 *
 * @param table the table that gets it
 * @param name its name
 * @param title what people call it
 * @param definition what follows its name
 * @param locks the locks that it needs to be added
 * @param partitions the partitions of the table, which get it as well
 */
record ConstraintBuild(TableName table, Identifier name, Identifier title, String definition, List<TableLock> locks,
		List<TableName> partitions) {

	/**
	 * Return the steps.
	 * @param validated whether it shall hold for the rows that are there
	 */
	List<Ddl> steps(boolean validated) {
		String drop = "ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s".formatted(this.table.quoted(),
				this.name.quoted());
		List<Ddl> steps = new ArrayList<>(
				List.of(Ddl.of("require %s of what is written to %s".formatted(this.title, this.table), this.locks,
						List.of("ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID".formatted(this.table.quoted(),
								this.name.quoted(), this.definition)),
						List.of(drop))));
		if (validated) {
			steps.add(Ddl.of("require %s of every row of %s".formatted(this.title, this.table),
					Stream.concat(Stream.of(this.table), this.partitions.stream())
						.map(TableLock::besideWrites)
						.toList(),
					List.of("ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(this.table.quoted(), this.name.quoted())),
					List.of(drop)));
		}
		return steps;
	}

}
