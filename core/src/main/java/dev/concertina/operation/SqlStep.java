package dev.concertina.operation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.TextFile;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Ddl.Mode;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;

/**
 * A statement that somebody has written by hand, here or in a file of its own.
 *
 * @param sql the statement
 * @param undo the statement that takes it back, in a transaction
 * @param irreversible whether nothing takes it back
 * @param tables the tables that it locks, a parent before its children
 * @param lock the strongest lock that it takes on them, {@code access-exclusive} unless
 * said otherwise
 * @param concurrent whether it runs outside of transactions, as
 * {@code CREATE INDEX CONCURRENTLY} must; {@code undo} then says {@code IF EXISTS}
 * @param cleanup the statement that takes away what a broken attempt of a concurrent one
 * has left
 */
public record SqlStep(@TextFile("file") String sql, @TextFile("undoFile") @Nullable String undo, boolean irreversible,
		List<TableName> tables, TableLock.@Nullable Mode lock, boolean concurrent, @Nullable String cleanup) {

	public SqlStep {
		tables = List.copyOf(tables);
		if ((undo == null) != irreversible) {
			throw new InvalidDefinitionException(
					irreversible ? "'%s' is irreversible and has an undo".formatted(sql)
							: "Nothing is said about what takes '%s' back".formatted(sql),
					"Give either 'undo', or 'irreversible: true'.");
		}
		if (concurrent == (cleanup == null)) {
			throw new InvalidDefinitionException(
					concurrent ? "Nothing is said about what a broken attempt of '%s' leaves".formatted(sql)
							: "'%s' runs in a transaction, which leaves nothing to clean up".formatted(sql),
					concurrent ? "Give 'cleanup', such as DROP INDEX CONCURRENTLY IF EXISTS."
							: "Remove 'cleanup', or set 'concurrent: true'.");
		}
	}

	/**
	 * Return a statement that can be taken back.
	 * @param sql the statement
	 * @param undo the statement that takes it back
	 * @return the step
	 */
	public static SqlStep of(String sql, String undo) {
		return new SqlStep(sql, undo, false, List.of(), null, false, null);
	}

	/**
	 * Return a statement that nothing takes back.
	 * @param sql the statement
	 * @return the step
	 */
	public static SqlStep irreversible(String sql) {
		return new SqlStep(sql, null, true, List.of(), null, false, null);
	}

	/**
	 * Return the step with the locks that it takes.
	 * @param mode the strongest lock that it takes on each table
	 * @param names the tables
	 * @return the step
	 */
	public SqlStep locking(TableLock.Mode mode, String... names) {
		return new SqlStep(this.sql, this.undo, this.irreversible, List.of(names).stream().map(TableName::of).toList(),
				mode, this.concurrent, this.cleanup);
	}

	/**
	 * Return the step outside of transactions.
	 * @param statement the statement that takes away what a broken attempt has left
	 * @return the step
	 */
	public SqlStep concurrently(String statement) {
		return new SqlStep(this.sql, this.undo, this.irreversible, this.tables, this.lock, true, statement);
	}

	Ddl ddl(Schema schema, String description, boolean destructive) {
		TableLock.Mode mode = (this.lock != null) ? this.lock : TableLock.Mode.ACCESS_EXCLUSIVE;
		List<TableLock> locks = this.tables.stream()
			.map((table) -> new TableLock(schema.find(table).map((found) -> found.name()).orElse(table), mode))
			.toList();
		return new Ddl(description, locks, List.of(this.sql), list(this.cleanup), list(this.undo),
				this.concurrent ? Mode.CONCURRENT : Mode.TRANSACTIONAL, destructive);
	}

	private static List<String> list(@Nullable String statement) {
		return (statement != null) ? List.of(statement) : List.of();
	}

}
