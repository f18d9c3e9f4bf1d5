package dev.concertina.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.TableName;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@PostgresTest
class OperationPagesIntegrationTests {

	private static final String MADE_HERE = """
			<!-- by OperationPagesIntegrationTests; -Dconcertina.docs.write=true makes it anew -->

			""";

	private final TestDatabase db;

	OperationPagesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	static List<OperationPage> pages() {
		return OperationPage.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void showsWhatIsRunForTheExample(OperationPage page) {
		assumeThat(this.db.majorVersion()).as("the PostgreSQL that the pages are for").isEqualTo(18);
		page.page().assertGenerated(MADE_HERE + page.explain(this.db).markdown("###") + "\n");
	}

	@ParameterizedTest
	@MethodSource("pages")
	void locksAndReadsNoTableBeyondWhatItTells(OperationPage page) {
		Plan plan = page.explain(this.db).plan();
		this.db.execute("CREATE SCHEMA concertina");
		assertTold(Stream.of(Phase.values())
			.filter(Phase::isStartup)
			.flatMap((phase) -> plan.steps(phase).stream())
			.toList());
		for (Phase phase : List.of(Phase.BACKFILL, Phase.CONTRACT)) {
			for (Step step : plan.steps(phase)) {
				if (step instanceof Ddl ddl && ddl.mode() != Ddl.Mode.CONCURRENT) {
					assertTold(List.of(ddl));
				}
				else if (step instanceof Ddl ddl) {
					this.db.execute(ddl.statements().toArray(String[]::new));
				}
			}
		}
	}

	/**
	 * Asserts it of the steps of one transaction.
	 */
	private void assertTold(List<Step> steps) {
		List<String> statements = steps.stream().flatMap((step) -> statements(step).stream()).toList();
		List<TableLock> locks = steps.stream().flatMap((step) -> step.locks().stream()).toList();
		Footprint footprint = Footprint.of(this.db, statements);
		assertThat(told(locks)).as("%s", steps).containsAllEntriesOf(footprint.locks());
		if (locks.stream().anyMatch((lock) -> lock.mode() != TableLock.Mode.SHARE_UPDATE_EXCLUSIVE)) {
			assertThat(footprint.visited()).as("tables visited by %s", steps).isEmpty();
		}
	}

	private static List<String> statements(Step step) {
		return (step instanceof DualWrite dualWrite) ? dualWrite.sql() : ((Ddl) step).statements();
	}

	private static Map<TableName, TableLock.Mode> told(List<TableLock> locks) {
		return Footprint.strongest(locks.stream());
	}

}
