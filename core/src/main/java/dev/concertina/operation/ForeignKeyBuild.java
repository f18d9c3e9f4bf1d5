package dev.concertina.operation;

import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;

/**
 * A foreign key of a table to another one, checked for new rows at first and for all rows
 * beside reads and writes.
 *
 * @param child the table
 * @param columns its columns with the key
 * @param parent the table that it refers to
 * @param key the key of that
 * @param clauses what happens to a row without its parent, and when it is looked for
 */
record ForeignKeyBuild(Table child, List<ColumnName> columns, Table parent, List<ColumnName> key, String clauses) {

	/**
	 * Return the key of a table that was made for the rows of another one. Until the
	 * contract it is deferred: when the key of a parent changes, PostgreSQL would else
	 * look for its rows before our trigger has moved them.
	 */
	static ForeignKeyBuild deferred(Table child, List<ColumnName> columns, Table parent, List<ColumnName> key) {
		return new ForeignKeyBuild(child, columns, parent, key, " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED");
	}

	List<Ddl> steps() {
		String table = this.child.name().quoted();
		String drop = "ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s".formatted(table, name().quoted());
		String add = "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)%s NOT VALID".formatted(table,
				name().quoted(), list(this.columns), this.parent.name().quoted(), list(this.key), this.clauses);
		List<TableLock> both = List.of(TableLock.againstWrites(this.parent.name()),
				TableLock.againstWrites(this.child.name()));
		return List.of(
				Ddl.of("let %s reference %s from now on".formatted(this.child.name(), this.parent.name()), both,
						List.of(add), List.of(drop)),
				Ddl.of("check that every row of %s has its parent".formatted(this.child.name()),
						TableLock.besideWrites(this.child.name()),
						"ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(table, name().quoted()), drop));
	}

	/**
	 * Return the statement that ends the deferral.
	 */
	String atOnce() {
		return "ALTER TABLE %s ALTER CONSTRAINT %s NOT DEFERRABLE".formatted(this.child.name().quoted(),
				name().quoted());
	}

	private Identifier name() {
		return Identifier.derived(this.child.name().name(),
				this.columns.stream().map(ColumnName::value).collect(Collectors.joining("_")), "fkey");
	}

	private static String list(List<ColumnName> columns) {
		return columns.stream().map(ColumnName::quoted).collect(Collectors.joining(", "));
	}

}
