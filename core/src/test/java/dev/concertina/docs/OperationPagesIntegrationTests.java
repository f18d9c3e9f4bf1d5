package dev.concertina.docs;

import java.util.List;
import java.util.Map;

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
		page.page().assertGenerated(MADE_HERE + page.explain(this.db).markdown("###") + "\n");
	}

	@ParameterizedTest
	@MethodSource("pages")
	void locksAndReadsNoTableBeyondWhatItTells(OperationPage page) {
		Plan plan = page.explain(this.db).plan();
		this.db.execute("CREATE SCHEMA concertina");
		for (Phase phase : Phase.values()) {
			for (Step step : plan.steps(phase)) {
				if (step instanceof DualWrite dualWrite) {
					assertTold(dualWrite, dualWrite.sql());
				}
				else if (step instanceof Ddl ddl && ddl.mode() == Ddl.Mode.TRANSACTIONAL) {
					assertTold(ddl, ddl.sql());
				}
				else if (step instanceof Ddl ddl) {
					this.db.execute(ddl.sql().toArray(String[]::new));
				}
			}
		}
	}

	private void assertTold(Step step, List<String> statements) {
		Footprint footprint = Footprint.of(this.db, statements);
		assertThat(told(step.locks())).as(step.description()).containsAllEntriesOf(footprint.locks());
		if (step.locks().stream().anyMatch((lock) -> lock.mode() != TableLock.Mode.SHARE_UPDATE_EXCLUSIVE)) {
			assertThat(footprint.visited()).as("tables visited to " + step.description()).isEmpty();
		}
	}

	private static Map<TableName, TableLock.Mode> told(List<TableLock> locks) {
		return Footprint.strongest(locks.stream());
	}

}
