package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class RefusedMovesIntegrationTests {

	private static final String PARENT = "CREATE TABLE t (id bigint PRIMARY KEY, city text, name text NOT NULL)";

	private static final String CHILD = "CREATE TABLE c (id bigint PRIMARY KEY REFERENCES t ON DELETE CASCADE, bio text)";

	private static final Operation MERGE = MergeTable.of("c", "t");

	private static final Operation MOVE = MoveColumns.of("t", "c", "city");

	private final TestDatabase db;

	RefusedMovesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					id bigint PRIMARY KEY                                            | The primary key of public.c is no foreign key
					id bigint PRIMARY KEY, t bigint REFERENCES t                     | The primary key of public.c is no foreign key
					id bigint REFERENCES t, n int, PRIMARY KEY (id, n)               | The primary key of public.c is no foreign key
					id int PRIMARY KEY REFERENCES t ON DELETE CASCADE                | Column public.c.id is integer, but public.t.id is bigint
					id bigint PRIMARY KEY REFERENCES t ON DELETE CASCADE DEFERRABLE  | may be checked later than at once
					""")
	void refuseTablesThatHaveNoRowEach(String child, String problem) {
		this.db.execute(PARENT, "CREATE TABLE c (%s, bio text)".formatted(child));
		assertRefused(MERGE, problem);
		assertRefused(MOVE, problem);
	}

	@Test
	void refuseAForeignKeyThatIsNotValidated() {
		this.db.execute(PARENT, "CREATE TABLE c (id bigint PRIMARY KEY, bio text)",
				"ALTER TABLE c ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES t ON DELETE CASCADE NOT VALID");
		assertRefused(MERGE, "Foreign key k of public.c is not validated");
		assertRefused(MOVE, "Foreign key k of public.c is not validated");
	}

	@Test
	void mergeRefusesAViewOfTheTable() {
		this.db.execute(PARENT, CHILD, "CREATE VIEW v AS SELECT id FROM c");
		assertRefused(MERGE, "Table public.c can't be dropped, because of: rule _RETURN on view v");
	}

	@Test
	void mergeRefusesAForeignKeyToTheTable() {
		this.db.execute(PARENT, CHILD, "CREATE TABLE d (c bigint CONSTRAINT d_to_c REFERENCES c)");
		assertRefused(MERGE, "Table public.c can't be dropped, because of: constraint d_to_c on table d");
	}

	@Test
	void mergeRefusesAColumnThatTheOtherTableHas() {
		this.db.execute(PARENT, CHILD, "ALTER TABLE c ADD name text");
		assertRefused(MERGE, "Table public.t has a column name already");
	}

	@Test
	void mergeRefusesAListThatIsNotComplete() {
		this.db.execute(PARENT, CHILD, "ALTER TABLE c ADD more text");
		assertRefused(MergeTable.of("c", "t").withColumns("bio"),
				"The columns of public.c besides its key are [bio, more], not [bio]");
		assertThat(compile(MergeTable.of("c", "t").withColumns("more", "bio")).notes()).isNotEmpty();
	}

	@Test
	void mergeRefusesAGeneratedColumn() {
		this.db.execute(PARENT, CHILD, "ALTER TABLE c ADD n int GENERATED ALWAYS AS (1) STORED");
		assertRefused(MERGE, "Column public.c.n is filled by PostgreSQL itself (EXPRESSION)");
	}

	@Test
	void mergeRefusesATableWithNothingButItsKey() {
		this.db.execute(PARENT, "CREATE TABLE c (id bigint PRIMARY KEY REFERENCES t)");
		assertRefused(MERGE, "Table public.c has no column besides its key");
	}

	@Test
	void mergeSaysWhatDoesNotArrive() {
		this.db.execute(PARENT, CHILD, "ALTER TABLE c ADD n int NOT NULL DEFAULT 7, ADD up bigint",
				"ALTER TABLE c ADD CONSTRAINT given CHECK (bio IS NOT NULL)", "CREATE INDEX keyed ON c (id, bio)",
				"ALTER TABLE c ADD CONSTRAINT owner FOREIGN KEY (up) REFERENCES t ON DELETE CASCADE",
				"ALTER TABLE c ADD CONSTRAINT same CHECK (bio <> '')",
				"ALTER TABLE t ADD CONSTRAINT same CHECK (id > 0)");
		assertThat(compile(MERGE).notes())
			.anySatisfy((note) -> assertThat(note).startsWith("Column public.c.n forbids NULL; the new one does not"))
			.anySatisfy((note) -> assertThat(note).startsWith("The default 7 of public.c.n does not arrive"))
			.anySatisfy((note) -> assertThat(note).startsWith("Check given of public.c does not arrive at public.t"))
			.anySatisfy((note) -> assertThat(note).startsWith("Index keyed of public.c does not arrive at public.t"))
			.anySatisfy((note) -> assertThat(note).startsWith("Foreign key owner of public.c does not arrive"))
			.anySatisfy((note) -> assertThat(note).contains("Check same", "the name is taken there"));
	}

	@Test
	void moveRefusesAKeyThatKeepsParents() {
		this.db.execute(PARENT, "CREATE TABLE c (id bigint PRIMARY KEY REFERENCES t, bio text)");
		assertRefused(MOVE, "The foreign key of public.c to public.t is not ON DELETE CASCADE");
	}

	@Test
	void moveRefusesRowsThatCannotBeMade() {
		this.db.execute(PARENT, CHILD, "ALTER TABLE c ADD n int NOT NULL");
		assertRefused(MOVE, "Column public.c.n forbids NULL and has no default");
	}

	@Test
	void moveRefusesACheckThatTakesNoNull() {
		this.db.execute(PARENT, CHILD, "ALTER TABLE c ADD CONSTRAINT given CHECK (bio IS NOT NULL)");
		assertRefused(MOVE, "A row that is missing in public.c can't be made, because of check given");
	}

	@Test
	void moveRefusesATableThatOthersReferTo() {
		this.db.execute(PARENT, CHILD, "CREATE TABLE d (c bigint REFERENCES c)");
		assertRefused(MOVE, "Foreign keys refer to public.c.id");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			id      | Column id is in the key of public.t
			name    | Column public.t.name is NOT NULL or has a default
			nothing | Table public.t has no column nothing
			""")
	void moveRefusesAColumn(String column, String problem) {
		this.db.execute(PARENT, CHILD);
		assertRefused(MoveColumns.of("t", "c", column), problem);
	}

	@Test
	void moveRefusesNoColumn() {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> MoveColumns.of("t", "c"));
	}

	private void assertRefused(Operation operation, String problem) {
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(() -> compile(operation))
			.withMessageContaining(problem);
	}

	private Plan compile(Operation operation) {
		Definition definition = Definition.of(Change.version("1", "change").operation(operation).build());
		Schema schema = Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource())));
		return PlanCompiler.compile(definition, schema);
	}

}
