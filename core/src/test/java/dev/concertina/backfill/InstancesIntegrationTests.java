package dev.concertina.backfill;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.concertina.testing.ChildJvm;
import dev.concertina.testing.ChildJvms;
import dev.concertina.testing.JvmLaunch;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

/**
 * Instances that share a backfill, and go and come as they like.
 */
@Tag("slow")
@PostgresTest
class InstancesIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final TestDatabase db;

	private final ChildJvms jvms;

	InstancesIntegrationTests(TestDatabase db, ChildJvms jvms) {
		this.db = db;
		this.jvms = jvms;
	}

	/**
	 * The one in this JVM stands still, so that what goes on is the work of the others.
	 */
	@Test
	void goOnWithoutOneThatIsKilledAndWithOneThatComesLater() {
		DisturbedRun.createLargerTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle().pausing(Duration.ofMillis(500))) {
			ChildJvm first = start("first");
			ChildJvm second = start("second");
			awaitBatch(first);
			awaitBatch(second);
			first.kill();
			awaitBatch(start("third"));
			run.pausing(Duration.ZERO).goOn().awaitNothingLost();
		}
	}

	/**
	 * Its session ends while it sleeps, as by {@code idle_in_transaction_session_timeout}
	 * or TCP keepalives, which would take longer than a test.
	 */
	@Test
	void sufferNoHarmFromOneThatWakesUpInABatchWhenAllIsDone() {
		DisturbedRun.createLargerTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle().pausing(Duration.ofMillis(500))) {
			ChildJvm sleeper = start("sleeper");
			awaitBatch(sleeper);
			Patience.await().atMost(PATIENCE).until(() -> sleepsInABatch(sleeper));
			this.db.execute("""
					SELECT pg_terminate_backend(pid)
					  FROM pg_stat_activity
					 WHERE datname = current_database() AND application_name = 'sleeper'""");
			run.pausing(Duration.ZERO).goOn().awaitTheGate();
			sleeper.resume();
			sleeper.awaitLine((line) -> line.startsWith("BatchRetried"), PATIENCE);
			run.awaitNothingLost();
		}
	}

	/**
	 * Let it wait for a lock in its batch, which the server grants once it stands still.
	 */
	private boolean sleepsInABatch(ChildJvm sleeper) {
		try (Session lock = this.db.session("lock").begin()) {
			lock.execute("LOCK TABLE line IN EXCLUSIVE MODE");
			Patience.await().until(() -> this.db.waitsForLock("sleeper"));
			sleeper.pause();
			lock.commit();
		}
		Patience.await().until(() -> sessions("state LIKE 'idle in transaction%'"));
		boolean inABatch = sessions("state = 'idle in transaction'");
		if (!inABatch) {
			sleeper.resume();
		}
		return inABatch;
	}

	private boolean sessions(String condition) {
		return this.db.jdbc()
			.sql("""
					SELECT EXISTS (SELECT FROM pg_stat_activity
					                WHERE datname = current_database() AND application_name = 'sleeper' AND backend_type = 'client backend' AND %s)"""
				.formatted(condition))
			.query(Boolean.class)
			.single();
	}

	private ChildJvm start(String name) {
		return this.jvms.start(JvmLaunch.of(BackfillInstance.class).with(this.db).withArguments(name));
	}

	private static void awaitBatch(ChildJvm instance) {
		instance.awaitLine((line) -> line.startsWith("BatchFinished") && line.contains("phase=BACKFILL"), PATIENCE);
	}

}
