package dev.concertina.backfill;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Partitions that come, go, and get other names while a change is on its way.
 */
@PostgresTest
class ReshapedPartitionsIntegrationTests {

	private static final String ATTACH = "ALTER TABLE line ATTACH PARTITION line_c FOR VALUES FROM (100000) TO (200000)";

	private final TestDatabase db;

	ReshapedPartitionsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE line_a RENAME TO line_z",
			"ALTER TABLE line_a RENAME TO line_z; CREATE TABLE line_a (id int)", "TRUNCATE line_b", "DROP TABLE line_b",
			"ALTER TABLE line DETACH PARTITION line_b", "VACUUM FULL line_a" })
	void areFollowedInTheMiddleOfTheBackfill(String statement) {
		DisturbedRun.createPartitionedTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			this.db.execute(statement);
			run.goOn().awaitNothingLost();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "BEFORE_THE_DROP")
	void areCopiedWhereverTheyAreAttached(Halt halt) {
		DisturbedRun.createPartitionedTable(this.db);
		Application application = halt.bring(DisturbedRun.CHANGE, this.db);
		attach();
		if (application.status(DisturbedRun.CHANGE).state().status() == Status.PAUSED) {
			application.concertina().steering().resume(DisturbedRun.CHANGE.id(), "test");
		}
		application.run(DisturbedRun.CHANGE);
		assertThat(application.status(DisturbedRun.CHANGE).state()).isEqualTo(DisturbedRun.AT_THE_GATE);
		assertThat(differing()).isZero();
	}

	@Test
	void areNotDroppedUncopiedWhenTheyAreAttachedBehindTheGate() {
		DisturbedRun.createPartitionedTable(this.db);
		Application application = Halt.BEFORE_THE_DROP.bring(DisturbedRun.CHANGE, this.db);
		attach();
		application.run(DisturbedRun.CHANGE);
		assertThat(application.status(DisturbedRun.CHANGE).state()).isEqualTo(new State(Phase.CONTRACT, Status.FAILED));
		assertThat(application.status(DisturbedRun.CHANGE).reason())
			.startsWith("public.line_c was attached since the rows were copied. Resume the change");
		application.concertina().steering().resume(DisturbedRun.CHANGE.id(), "test");
		application.run(DisturbedRun.CHANGE);
		assertThat(application.status(DisturbedRun.CHANGE).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM line_c WHERE amount IS DISTINCT FROM id")
			.query(Long.class)
			.single()).isZero();
	}

	private void attach() {
		this.db.execute("CREATE TABLE line_c (LIKE line INCLUDING DEFAULTS)",
				"INSERT INTO line_c (id, price) SELECT n, n FROM generate_series(100000, 100100) AS n", ATTACH);
	}

	private long differing() {
		return this.db.jdbc()
			.sql("SELECT count(*) FROM line WHERE price IS DISTINCT FROM amount")
			.query(Long.class)
			.single();
	}

}
