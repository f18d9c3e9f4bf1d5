package dev.concertina.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.fleet.Fleet;
import dev.concertina.fleet.FleetOptions;
import dev.concertina.fleet.Heartbeat;
import dev.concertina.fleet.Member;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class FleetConditionsIntegrationTests {

	private static final ChangeId ID = ChangeId.of("rename_price");

	private static final String RELEASE = "a release";

	private static final Duration SOAK = Duration.ofMinutes(10);

	private final Change change = Change.version("1", ID.value())
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	private final TestDatabase db;

	private final List<Heartbeat> instances = new ArrayList<>();

	private final Application application;

	FleetConditionsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.with(db, ConcertinaOptions.defaults(),
				(builder) -> builder
					.condition(GateCondition.instancesReady(new Approvals(Set.of(), RELEASE), Set.of("billing *")))
					.condition(GateCondition.noForeignSessions(Set.of("test", "report*")))
					.condition(GateCondition.readsSwitched(SOAK)),
				this.change);
	}

	@BeforeEach
	void bringToTheGate() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text)").withRows("line", 10, "n, n");
		this.application.start().run(this.change);
	}

	@AfterEach
	void stop() {
		this.instances.forEach(Heartbeat::stop);
	}

	@Test
	void anInstanceOfAVersionWithoutTheChangeObjectsUntilItIsGone() {
		Heartbeat old = join("old", "1.4", Set.of(), Set.of(), Set.of());
		join("new", "2.0", Set.of(ID), Set.of(), Set.of());
		assertThat(problems("someone")).singleElement()
			.asString()
			.startsWith("1 of 2 instances do not know change 'rename_price': shop 1.4 (old, since 2");
		old.stop();
		assertContracts();
	}

	@Test
	void anInstanceOfAnotherApplicationThatNeedsNothingIsNotAsked() {
		Member billing = new Member("b", "billing", "3.1", Set.of("billing b"), Set.of(), Set.of(), Set.of());
		Heartbeat other = new Heartbeat(Fleet.of(this.db.dataSource(), FleetOptions.defaults()), () -> billing);
		other.start();
		this.instances.add(other);
		join("new", "2.0", Set.of(ID), Set.of(), Set.of());
		this.application.concertina().steering().approve(ID, "someone");
		assertContracts();
	}

	@Test
	void anApprovalOfAReleaseCountsOnceAllInstancesAreOfIt() {
		Heartbeat old = join("old", "2.0", Set.of(ID), Set.of(), Set.of());
		join("new", "2.1", Set.of(ID), Set.of(ID), Set.of());
		assertThat(problems(RELEASE)).singleElement()
			.asString()
			.startsWith("1 of 2 instances do not approve change 'rename_price': shop 2.0 (old, since 2");
		old.stop();
		assertContracts();
	}

	@Test
	void aSessionThatBelongsToNoInstanceObjectsUntilItEnds() throws Exception {
		join("new", "2.0", Set.of(ID), Set.of(), Set.of());
		this.db.session("shop new");
		this.db.session("report of sales");
		try (var job = this.db.open("PostgreSQL JDBC Driver")) {
			assertThat(job.isValid(0)).isTrue();
			assertThat(problems("someone")).singleElement()
				.asString()
				.startsWith(
						"1 sessions belong to no instance: 1 with application_name 'PostgreSQL JDBC Driver' (such as pid ");
		}
		awaitContract();
	}

	@Test
	void theSessionsOfAnInstanceThatIsFrozenObjectWhenItsHeartbeatIsGone() {
		join("new", "2.0", Set.of(ID), Set.of(), Set.of());
		this.db.session("shop new");
		this.db.execute("UPDATE concertina.instance SET heartbeat = heartbeat - interval '31 seconds'");
		assertThat(problems("someone")).singleElement().asString().contains("'shop new'");
	}

	@Test
	void readsThatAreRoutedMustHaveGoneToTheNewStructureForAWhile() {
		join("new", "2.0", Set.of(ID), Set.of(), Set.of(ID));
		assertThat(problems("someone")).singleElement()
			.asString()
			.startsWith("0 % of the reads go to the new structure, since ");
		this.application.concertina().steering().readShare(ID, 100, "test");
		assertThat(problems("someone")).singleElement()
			.asString()
			.startsWith("All reads go to the new structure since ");
		this.db.execute("UPDATE concertina.change SET read_share_since = read_share_since - interval '10 minutes'");
		assertContracts();
	}

	private Heartbeat join(String id, String version, Set<ChangeId> knows, Set<ChangeId> releases,
			Set<ChangeId> routes) {
		Member member = new Member(id, "shop", version, Set.of("shop " + id), knows, releases, routes);
		Heartbeat heartbeat = new Heartbeat(Fleet.of(this.db.dataSource(), FleetOptions.defaults()), () -> member);
		heartbeat.start();
		this.instances.add(heartbeat);
		return heartbeat;
	}

	/**
	 * Returns what objects to an approved contract.
	 */
	private List<String> problems(String actor) {
		this.application.concertina().steering().approve(ID, actor);
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(State.running(Phase.CONTRACT));
		return this.application.status(this.change).objections().stream().map(Objection::problem).toList();
	}

	private void assertContracts() {
		assertThat(this.application.run(this.change).status(this.change).state())
			.as("%s", this.application.status(this.change).objections())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	private void awaitContract() {
		Patience.await().untilAsserted(this::assertContracts);
	}

}
