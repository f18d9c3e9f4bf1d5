package dev.concertina.operation;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.change.PlanCompiler;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that leave the policies of their table are shown to others, which people must
 * know before.
 */
@PostgresTest
class RowSecurityIntegrationTests {

	private static final List<Operation> ELSEWHERE = List.of(SplitTable.of("t", "address", "city"),
			MoveColumns.of("t", "profile", "city"),
			ListToTable.of("t", "tags", ",", "tag", "t_id", "n", "name", "text"),
			ExtractJsonArray.of("t", "items", "item", "t_id", "n", JsonField.of("sku", "text")));

	private final TestDatabase db;

	RowSecurityIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTables() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, city text, tags text, items jsonb)",
				"CREATE TABLE profile (id bigint PRIMARY KEY REFERENCES t ON DELETE CASCADE, bio text)");
	}

	@Test
	void isMissedWhereValuesArrive() {
		this.db.execute("ALTER TABLE t ENABLE ROW LEVEL SECURITY");
		assertThat(ELSEWHERE).allSatisfy((operation) -> assertThat(notes(operation))
			.anyMatch((note) -> note.startsWith("The policies of public.t do not arrive at public.")));
		assertThat(notes(RenameColumn.of("t", "city", "town"))).noneMatch(RowSecurityIntegrationTests::isAboutPolicies);
	}

	@Test
	void isMissedWhereATableIsMerged() {
		this.db.execute("ALTER TABLE profile ENABLE ROW LEVEL SECURITY");
		assertThat(notes(MergeTable.of("profile", "t")))
			.anyMatch((note) -> note.startsWith("The policies of public.profile do not arrive at public.t"));
	}

	@Test
	void isNotMissedIfThereIsNone() {
		assertThat(ELSEWHERE).allSatisfy(
				(operation) -> assertThat(notes(operation)).noneMatch(RowSecurityIntegrationTests::isAboutPolicies));
	}

	private static boolean isAboutPolicies(String note) {
		return note.startsWith("The policies of");
	}

	private List<String> notes(Operation operation) {
		Change change = Change.version("1", "change").operation(operation).build();
		return PlanCompiler
			.compile(Definition.of(change), Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))))
			.notes();
	}

}
