package dev.concertina.operation;

import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.testing.ChildJvm;
import dev.concertina.testing.ChildJvms;
import dev.concertina.testing.JvmLaunch;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.LivePlan;
import dev.concertina.testing.proof.RandomTraffic;
import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
@PostgresTest
class KillIntegrationTests {

	private static final int ROWS = 300;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final TestDatabase db;

	private final ChildJvms jvms;

	private final Random random = new Random(20);

	KillIntegrationTests(TestDatabase db, ChildJvms jvms) {
		this.db = db;
		this.jvms = jvms;
	}

	@Test
	void comesToTheSameEndHoweverOftenItIsKilled() {
		Scenario items = JsonArrayScenario.create();
		this.db
			.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text NOT NULL, note char(1500))",
					"CREATE TABLE visit (id bigint PRIMARY KEY, epoch bigint, note char(1500))")
			.withRows("customer", ROWS, "n, 'mail ' || n, '-'")
			.withRows("visit", ROWS, "n, 1700000000 + n, '-'");
		items.tables().forEach(this.db::execute);
		Versions versions = Objects.requireNonNull(items.versions());
		RandomTraffic.send(this.db, ROWS, 1, versions.oldVersion());
		RandomTraffic oldVersion = RandomTraffic.start(this.db, 1, 2, versions.oldVersion());
		assertThat(killAtRandomMoments(4, "")).as("killed at its start").isTrue();
		assertThat(killAtRandomMoments(5, "phase=BACKFILL")).as("killed in the backfill").isTrue();
		assertThat(killAtRandomMoments(5, "phase=VERIFY")).as("killed in the comparison").isTrue();
		ChildJvm application = start();
		awaitAll("phase = 'CONTRACT'");
		RandomTraffic newVersion = RandomTraffic.start(this.db, 1, 3, versions.newVersion());
		oldVersion.stop();
		application.kill();
		assertThat(LivePlan.of(this.db, KilledApplication.ITEMS.id()).differences()).isEmpty();
		for (Change change : KilledApplication.CHANGES) {
			this.db.execute("UPDATE concertina.change SET approved_by = 'test' WHERE id = '%s'".formatted(change.id()));
			assertThat(killAtRandomMoments(2, "step ")).as("killed in the contract").isTrue();
		}
		start();
		awaitAll("status = 'COMPLETED'");
		newVersion.stop();
		assertThat(oldVersion.failures()).isEmpty();
		assertThat(newVersion.failures()).isEmpty();
		assertThat(count("customer WHERE email = 'mail ' || id")).isEqualTo(ROWS);
		assertThat(count("visit WHERE at = to_timestamp(1700000000 + id)")).isEqualTo(ROWS);
		assertThat(count("item WHERE NOT EXISTS (SELECT FROM t WHERE id = t_id)")).isZero();
	}

	/**
	 * Kills applications some lines after one that has a text, or when there is nothing
	 * left to do, and returns whether that line has come.
	 */
	private boolean killAtRandomMoments(int times, String place) {
		boolean been = false;
		for (int kill = 0; kill < times; kill++) {
			ChildJvm application = start();
			int lines = 1 + this.random.nextInt(8);
			await(() -> hasTold(application, place, lines) || allWait());
			application.kill();
			been |= hasTold(application, place, 1);
		}
		return been;
	}

	private static boolean hasTold(ChildJvm application, String place, int lines) {
		return application.lines().stream().dropWhile((line) -> !line.contains(place)).count() >= lines;
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(PATIENCE)
			.until(condition);
	}

	private ChildJvm start() {
		return this.jvms.start(JvmLaunch.of(KilledApplication.class).with(this.db));
	}

	/**
	 * Whether there is nothing to do for an application at the moment.
	 */
	private boolean allWait() {
		return isExpanded() && count("concertina.change WHERE status <> 'COMPLETED'"
				+ " AND (phase <> 'CONTRACT' OR approved_by IS NOT NULL)") == 0;
	}

	private void awaitAll(String condition) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.atMost(PATIENCE.multipliedBy(2))
			.until(() -> isExpanded()
					&& count("concertina.change WHERE " + condition) == KilledApplication.CHANGES.size());
	}

	private boolean isExpanded() {
		return this.db.jdbc().sql("SELECT to_regclass('concertina.change') IS NOT NULL").query(Boolean.class).single()
				&& count("concertina.change") == KilledApplication.CHANGES.size();
	}

	private long count(String from) {
		return this.db.jdbc().sql("SELECT count(*) FROM " + from).query(Long.class).single();
	}

}
