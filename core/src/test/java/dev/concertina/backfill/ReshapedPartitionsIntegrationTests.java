package dev.concertina.backfill;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.change.Change;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.JsonField;
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

	private static final Change EXTRACT = Change.version("1", "extract")
		.operation(ExtractJsonArray.of("line", "items", "item", "line_id", "position", JsonField.of("sku", "text")))
		.build();

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
		goOn(application, DisturbedRun.CHANGE);
		assertThat(application.status(DisturbedRun.CHANGE).state()).isEqualTo(DisturbedRun.AT_THE_GATE);
		assertThat(count("line WHERE price IS DISTINCT FROM amount")).isZero();
	}

	/** Also with rows that are written before they are copied. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "BEFORE_THE_DROP")
	void areCopiedToAnotherTableWhereverTheyAreAttached(Halt halt) {
		this.db
			.execute("CREATE TABLE line (id bigint PRIMARY KEY, items jsonb, note text) PARTITION BY RANGE (id)",
					"CREATE TABLE line_a PARTITION OF line FOR VALUES FROM (0) TO (100000)")
			.withRows("line (id, items)", 100, "n, jsonb_build_array(jsonb_build_object('sku', n))");
		Application application = halt.bring(EXTRACT, this.db);
		this.db.execute("CREATE TABLE line_c (LIKE line)",
				"INSERT INTO line_c SELECT n, '[{\"sku\": \"a\"}, {\"sku\": \"b\"}]' FROM generate_series(100000, 100100) AS n",
				ATTACH, "UPDATE line SET note = 'touched' WHERE id = 100000",
				"UPDATE line SET items = '[{\"sku\": \"old\"}]' WHERE id = 100001",
				"INSERT INTO item (line_id, position, sku) VALUES (100002, 3, 'new')");
		goOn(application, EXTRACT);
		assertThat(application.status(EXTRACT).state()).isEqualTo(DisturbedRun.AT_THE_GATE);
		assertThat(items(100000, 100001, 100002, 100003)).containsExactly("a,b", "old", "a,b,new", "a,b");
		assertThat(
				count("""
						line WHERE (SELECT string_agg(e ->> 'sku', ',' ORDER BY n) FROM jsonb_array_elements(items) WITH ORDINALITY AS x (e, n))
						           IS DISTINCT FROM (SELECT string_agg(sku, ',' ORDER BY position) FROM item WHERE line_id = id)"""))
			.isZero();
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
		assertThat(count("line_c WHERE amount IS DISTINCT FROM id")).isZero();
	}

	private void attach() {
		this.db.execute("CREATE TABLE line_c (LIKE line INCLUDING DEFAULTS)",
				"INSERT INTO line_c (id, price) SELECT n, n FROM generate_series(100000, 100100) AS n", ATTACH);
	}

	private static void goOn(Application application, Change change) {
		if (application.status(change).state().status() == Status.PAUSED) {
			application.concertina().steering().resume(change.id(), "test");
		}
		application.run(change);
	}

	private long count(String rows) {
		return this.db.jdbc().sql("SELECT count(*) FROM " + rows).query(Long.class).single();
	}

	private List<String> items(Integer... lines) {
		return this.db.jdbc()
			.sql("SELECT string_agg(sku, ',' ORDER BY position) FROM item WHERE line_id = ANY (?) GROUP BY line_id ORDER BY line_id")
			.param(lines)
			.query((row, number) -> row.getString(1))
			.list();
	}

}
