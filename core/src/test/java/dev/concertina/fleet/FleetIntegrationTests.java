package dev.concertina.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.Application;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class FleetIntegrationTests {

	private static final ChangeId ID = ChangeId.of("rename_price");

	private static final FleetOptions OFTEN = new FleetOptions(Duration.ofMillis(20), Duration.ofSeconds(30));

	private final Change change = Change.version("1", ID.value())
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	private final TestDatabase db;

	private final Fleet fleet;

	private final Heartbeat heartbeat;

	FleetIntegrationTests(TestDatabase db) {
		this.db = db;
		this.fleet = Fleet.of(db.dataSource(), OFTEN);
		this.heartbeat = new Heartbeat(this.fleet, () -> member("one"));
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text)").withRows("line", 10, "n, n");
	}

	@AfterEach
	void stop() {
		this.heartbeat.stop();
	}

	@Test
	void anInstanceIsThereFromItsFirstHeartbeatUntilItLeaves() {
		Application.of(this.db, this.change).start();
		this.heartbeat.start();
		assertThat(this.fleet.live()).singleElement().satisfies((instance) -> {
			assertThat(instance.id()).isEqualTo("one");
			assertThat(instance.application()).isEqualTo("shop");
			assertThat(instance.version()).isEqualTo("2.1");
			assertThat(instance.sessions()).containsExactly("shop one");
			assertThat(instance.knows()).containsExactly(ID);
			assertThat(instance.releases()).isEmpty();
		});
		this.heartbeat.stop();
		assertThat(this.fleet.live()).isEmpty();
	}

	@Test
	void anInstanceJoinsOnceTheFirstMigrationHasMadeThePlaceForIt() {
		this.heartbeat.start();
		Application.of(this.db, this.change).start();
		Patience.await().untilAsserted(() -> assertThat(this.fleet.live()).hasSize(1));
	}

	@Test
	void anInstanceAcknowledgesTheStateInWhichItSeesAChange() {
		Application application = Application.of(this.db, this.change).start();
		this.heartbeat.start();
		assertThat(this.fleet.live()).singleElement()
			.satisfies((instance) -> assertThat(instance.acknowledged()).isEqualTo(Map.of(ID, "BACKFILL RUNNING")));
		application.run(this.change);
		Patience.await()
			.untilAsserted(() -> assertThat(this.fleet.live()).singleElement()
				.satisfies(
						(instance) -> assertThat(instance.acknowledged()).isEqualTo(Map.of(ID, "CONTRACT RUNNING"))));
	}

	@Test
	void anInstanceThatIsSilentIsGoneAndComesBackWithItsNextHeartbeat() {
		Application.of(this.db, this.change).start();
		this.fleet.beat(member("one"));
		this.db.execute("UPDATE concertina.instance SET heartbeat = heartbeat - interval '31 seconds'");
		assertThat(this.fleet.live()).isEmpty();
		this.fleet.beat(member("one"));
		assertThat(this.fleet.live()).hasSize(1);
	}

	@Test
	void anInstanceThatIsSilentForADayIsForgotten() {
		Application.of(this.db, this.change).start();
		this.fleet.beat(member("one"));
		this.db.execute("UPDATE concertina.instance SET heartbeat = heartbeat - interval '25 hours'");
		this.fleet.beat(member("two"));
		assertThat(this.db.jdbc().sql("SELECT id FROM concertina.instance").query(String.class).list())
			.containsExactly("two");
	}

	private static Member member(String id) {
		return new Member(id, "shop", "2.1", Set.of("shop " + id), Set.of(ID), Set.of(), Set.of());
	}

}
