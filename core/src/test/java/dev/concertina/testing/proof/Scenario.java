package dev.concertina.testing.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.operation.Sql;
import dev.concertina.operation.SqlStep;
import dev.concertina.testing.TestDatabase;

/**
 * Tables under a change, what a plain, locking migration would have made of them, and
 * what applications do to them meanwhile: all that {@link Proof} needs to know of an
 * operation.
 *
 * @param name what it shows
 * @param tables the statements that make the tables
 * @param rows the statements that fill them
 * @param operations the operations of the change
 * @param plain the statements that lead to the same catalog and the same rows in an idle
 * database
 * @param replacesValues whether values are replaced where they are, which a rollback does
 * not take back
 * @param drawn columns whose values are drawn, so that nobody can say which row has which
 * @param since the first version of PostgreSQL that can do this
 * @param versions what the versions of the application write, {@code null} if the
 * operation moves no data
 */
public record Scenario(String name, List<String> tables, List<String> rows, List<Operation> operations,
		List<String> plain, boolean replacesValues, List<String> drawn, int since, @Nullable Versions versions) {

	public Scenario {
		tables = List.copyOf(tables);
		rows = List.copyOf(rows);
		operations = List.copyOf(operations);
		plain = List.copyOf(plain);
		drawn = List.copyOf(drawn);
	}

	public static Scenario of(String name, Operation... operations) {
		return new Scenario(name, List.of(), List.of(), List.of(operations), List.of(), false, List.of(), 0, null);
	}

	public Scenario table(String... statements) {
		return new Scenario(this.name, and(this.tables, statements), this.rows, this.operations, this.plain,
				this.replacesValues, this.drawn, this.since, this.versions);
	}

	/**
	 * Adds statements in front of those that make the tables.
	 */
	public Scenario before(String... statements) {
		return new Scenario(this.name, and(List.of(statements), this.tables.toArray(String[]::new)), this.rows,
				this.operations, this.plain, this.replacesValues, this.drawn, this.since, this.versions);
	}

	public Scenario rows(String... statements) {
		return new Scenario(this.name, this.tables, and(this.rows, statements), this.operations, this.plain,
				this.replacesValues, this.drawn, this.since, this.versions);
	}

	public Scenario withoutRows() {
		return new Scenario(this.name, this.tables, List.of(), this.operations, this.plain, this.replacesValues,
				this.drawn, this.since, this.versions);
	}

	public Scenario sameAs(String... statements) {
		return new Scenario(this.name, this.tables, this.rows, this.operations, and(this.plain, statements),
				this.replacesValues, this.drawn, this.since, this.versions);
	}

	public Scenario replacingValues() {
		return new Scenario(this.name, this.tables, this.rows, this.operations, this.plain, true, this.drawn,
				this.since, this.versions);
	}

	public Scenario drawing(String column) {
		return new Scenario(this.name, this.tables, this.rows, this.operations, this.plain, this.replacesValues,
				and(this.drawn, column), this.since, this.versions);
	}

	public Scenario since(int version) {
		return new Scenario(this.name, this.tables, this.rows, this.operations, this.plain, this.replacesValues,
				this.drawn, version, this.versions);
	}

	public Scenario writtenBy(Versions value) {
		return new Scenario(this.name, this.tables, this.rows, this.operations, this.plain, this.replacesValues,
				this.drawn, this.since, value);
	}

	/**
	 * Returns the scenario with a table of another kind, if the versions of an
	 * application write one.
	 */
	public Scenario as(TableKind kind) {
		String table = requireVersions().table();
		return new Scenario("%s: %s".formatted(this.name, kind), this.tables, this.rows, this.operations, this.plain,
				this.replacesValues, this.drawn, this.since, this.versions)
			.table(kind.statements(table).toArray(String[]::new))
			.drawing(TableKind.DRAWN);
	}

	public Change change() {
		return change(1);
	}

	/**
	 * Returns the change in a version of its own: one that is rolled back is never run
	 * again.
	 */
	Change change(int version) {
		return change(String.valueOf(version), this.operations.stream());
	}

	/**
	 * Returns the change, before all others, with something that fails before whatever
	 * nothing brings back.
	 */
	Change failingBeforeTheDrop() {
		return change("0.1", Stream.concat(Stream.of(Sql.contracting(SqlStep.irreversible("SELECT 1 / 0"))),
				this.operations.stream()));
	}

	private static Change change(String version, Stream<Operation> operations) {
		Change.Builder change = Change.version(version, "change_" + version.replace('.', '_'));
		operations.forEach(change::operation);
		return change.build();
	}

	public TestDatabase createIn(TestDatabase database) {
		return database.execute(this.tables.toArray(String[]::new)).execute(this.rows.toArray(String[]::new));
	}

	/**
	 * Puts the tables back to what they were before the change, unseen by any trigger.
	 */
	void restoreIn(TestDatabase database) {
		restoreIn(database, Content.tables(database).stream().map((table) -> "DELETE FROM " + table).toList());
	}

	/**
	 * Puts the tables back, in new files, and forgets what was copied.
	 */
	void restoreUncopiedIn(TestDatabase database) {
		restoreIn(database,
				List.of("TRUNCATE " + String.join(", ", Content.tables(database)), "DELETE FROM concertina.chunk"));
	}

	private void restoreIn(TestDatabase database, List<String> empty) {
		List<String> statements = new ArrayList<>(List.of("SET session_replication_role = replica"));
		statements.addAll(empty);
		statements.addAll(this.rows);
		statements.add("RESET session_replication_role");
		database.execute(String.join("; ", statements));
	}

	Versions requireVersions() {
		return Objects.requireNonNull(this.versions,
				() -> "%s says nothing of the versions of an application".formatted(this));
	}

	private static List<String> and(List<String> statements, String... more) {
		List<String> all = new ArrayList<>(statements);
		all.addAll(List.of(more));
		return all;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What the old and the new version of an application write.
	 *
	 * @param table the quoted name of the table that the data moves from or to
	 * @param writers transactions with a known result
	 * @param oldVersion random statements of the old version
	 * @param newVersion random statements of the new version
	 */
	public record Versions(String table, List<Writer> writers, Function<Random, List<String>> oldVersion,
			Function<Random, List<String>> newVersion) {

		public Versions {
			writers = List.copyOf(writers);
		}

		public Versions(List<Writer> writers, Function<Random, List<String>> oldVersion,
				Function<Random, List<String>> newVersion) {
			this("t", writers, oldVersion, newVersion);
		}

	}

}
