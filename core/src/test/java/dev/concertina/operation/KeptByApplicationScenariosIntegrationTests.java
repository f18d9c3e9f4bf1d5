package dev.concertina.operation;

import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.CanonicalJson;
import dev.concertina.plan.Check;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What of each operation is left to an application that writes both structures.
 */
@PostgresTest
class KeptByApplicationScenariosIntegrationTests {

	private static final Set<Class<?>> ONLY_TRIGGERS = Set.of(SetNotNull.class, DropColumn.class, WidenKey.class,
			MoveColumns.class, MergeTable.class, PartitionTable.class);

	private final TestDatabase db;

	KeptByApplicationScenariosIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@MethodSource
	void goByKeysAndMakeNoTrigger(Scenario scenario) {
		Change change = change(scenario);
		Plan plan = compile(change);
		assertThat(CanonicalJson.write(plan)).doesNotContain(" TRIGGER ");
		assertThat(plan.steps(Phase.BACKFILL)).filteredOn(Backfill.class::isInstance)
			.allSatisfy((step) -> assertThat(((Backfill) step).byKey()).isTrue());
		assertThat(plan.steps(Phase.VERIFY)).allSatisfy((step) -> assertThat(((Check) step).byKey()).isTrue());
		assertThat(Application.of(this.db, change).start().run(change).contract(change).status(change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	static Stream<Scenario> goByKeysAndMakeNoTrigger() {
		return Scenarios.movingData().stream().filter(KeptByApplicationScenariosIntegrationTests::isLeftToIt);
	}

	@ParameterizedTest
	@MethodSource
	void areRefusedIfOnlyTriggersCanDoIt(Scenario scenario) {
		Change change = change(scenario);
		assertThatExceptionOfType(RefusedChangesException.class).as("%s", scenario.operations())
			.isThrownBy(() -> compile(change))
			.withMessageContaining("Only triggers can keep both structures in step here: ");
	}

	static Stream<Scenario> areRefusedIfOnlyTriggersCanDoIt() {
		return Scenarios.movingData().stream().filter((scenario) -> !isLeftToIt(scenario));
	}

	/**
	 * It writes no column that nobody but us knows before it takes over a name, and none
	 * that it may give another value than what is computed.
	 */
	private static boolean isLeftToIt(Scenario scenario) {
		return scenario.operations()
			.stream()
			.noneMatch((operation) -> ONLY_TRIGGERS.contains(operation.getClass())
					|| (operation instanceof ChangeColumnType type && type.to() == null)
					|| (operation instanceof AddColumn added && added.up() != null));
	}

	private Change change(Scenario scenario) {
		scenario.createIn(this.db);
		Change.Builder change = Change.version("1", "change").keptBy(KeptBy.APPLICATION);
		scenario.operations().forEach(change::operation);
		return change.build();
	}

	private Plan compile(Change change) {
		return PlanCompiler.compile(Definition.of(change),
				Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))));
	}

}
