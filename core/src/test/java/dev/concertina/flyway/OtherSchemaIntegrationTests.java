package dev.concertina.flyway;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.fleet.Fleet;
import dev.concertina.fleet.FleetOptions;
import dev.concertina.fleet.Heartbeat;
import dev.concertina.fleet.Instance;
import dev.concertina.fleet.Member;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Memory;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Everything is in the schema that was named, and nothing in the one that is not.
 */
@PostgresTest
class OtherSchemaIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final TestDatabase db;

	OtherSchemaIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource
	void takesAChangeToItsEnd(Example example) {
		example.createTable(this.db);
		Change change = example.change();
		Application application = application("ops_changes", change).start();
		example.write(this.db);
		assertThat(schemasOfTriggerFunctions()).isSubsetOf("ops_changes").isNotEmpty();
		String written = example.written(this.db);
		assertThat(application.run(change).contract(change).status(change).state()).isEqualTo(COMPLETED);
		assertThat(written).isNotEmpty();
		assertThat(schemas()).containsExactly("ops_changes", "public");
		assertThat(this.db.jdbc().sql("SELECT count(*) FROM ops_changes.contract_history").query(Long.class).single())
			.isPositive();
	}

	@Test
	void takesAReservedWord() {
		Example example = Example.EXTRACT_JSON_ARRAY;
		example.createTable(this.db);
		Change change = example.change();
		Application application = application("user", change).start();
		example.write(this.db);
		assertThat(application.run(change).contract(change).status(change).state()).isEqualTo(COMPLETED);
		assertThat(schemas()).containsExactly("public", "user");
	}

	@Test
	void bringsBackWhatIsOutOfSightAndRollsBack() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application application = application(options("ops_changes").withSoak(Duration.ofDays(1)), change).start()
			.contract(change);
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.RETIRED));
		application.concertina().steering().unretire(change.id(), "test", "it is needed after all");
		assertThat(application.run(change).status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
		application.concertina().steering().rollBack(change.id(), "test", "it was wrong");
		assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.ROLLED_BACK);
		assertThat(schemasOfTriggerFunctions()).isEmpty();
		assertThat(schemas()).containsExactly("ops_changes", "public");
	}

	@Test
	void namesItWhereRowsAreNotEqual() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application application = application("ops_changes", change).start().run(change);
		Example.RENAME_COLUMN.plantMismatch(this.db);
		application.concertina().steering().verify(change.id(), "test");
		assertThat(application.run(change).status(change).toString()).contains("see ops_changes.mismatch");
		assertThat(application.concertina().mismatches(change.id(), 10)).hasSize(1);
	}

	@Test
	void showsItInADryRun() {
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		assertThat(application("ops_changes").start().concertina().dryRun(List.of(Definition.of(change))).get(0).sql())
			.contains("FUNCTION \"ops_changes\".")
			.doesNotContain(" concertina.");
	}

	@Test
	void isWhereInstancesMeet() {
		application("ops_changes").start();
		Fleet fleet = Fleet.of(this.db.dataSource(), StateSchemaName.of("ops_changes"), FleetOptions.defaults());
		Member member = new Member("one", "shop", "1", Set.of("test"), Set.of(), Set.of(), Set.of());
		Heartbeat heartbeat = new Heartbeat(fleet, () -> member);
		heartbeat.start();
		assertThat(fleet.live()).extracting(Instance::id).containsExactly("one");
		heartbeat.stop();
		assertThat(fleet.live()).isEmpty();
	}

	@Test
	void isNotMadeBesideItByAHistoryThatWasNotToldOfIt() {
		Example.SET_NOT_NULL.createTable(this.db);
		Change change = Example.SET_NOT_NULL.change();
		application("ops_changes", change).start();
		Concertina untold = Concertina.on(this.db.dataSource(), ContractHistory.of(this.db.dataSource()))
			.options(options("ops_changes"))
			.build();
		untold.run(change.id());
		assertThat(untold.change(change.id())).get()
			.asString()
			.contains("BACKFILL FAILED", "schema \"concertina\" does not exist");
		assertThat(schemas()).containsExactly("ops_changes", "public");
	}

	@Test
	void isNotTheOneOfTheApplication() {
		Memory before = Memory.of(this.db);
		assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> application("public").start())
			.withMessage("Schema public is the application's, and can't hold the state too");
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	private Application application(String schema, Change... changes) {
		return application(options(schema), changes);
	}

	private Application application(ConcertinaOptions options, Change... changes) {
		return Application.of(this.db, options, changes);
	}

	private static ConcertinaOptions options(String schema) {
		return ConcertinaOptions.defaults().withSchema(StateSchemaName.of(schema));
	}

	private List<String> schemas() {
		return this.db.jdbc()
			.sql("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private List<String> schemasOfTriggerFunctions() {
		return this.db.jdbc().sql("""
				SELECT DISTINCT n.nspname
				  FROM pg_trigger t
				  JOIN pg_proc p ON p.oid = t.tgfoid
				  JOIN pg_namespace n ON n.oid = p.pronamespace
				 WHERE NOT t.tgisinternal""").query((row, number) -> row.getString(1)).list();
	}

}
