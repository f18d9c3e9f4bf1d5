package dev.concertina.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.concertina.backfill.Words.Shout;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.ChildJvm;
import dev.concertina.testing.ChildJvms;
import dev.concertina.testing.JvmLaunch;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.RandomTraffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that compute the same rows in Java while both versions of the application
 * write, and that are killed meanwhile.
 */
@Tag("slow")
@PostgresTest
class TaskInstancesIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ROWS = 1500;

	/** Rows from here on are written by nobody. */
	private static final int WRITTEN = 500;

	private final TestDatabase db;

	private final ChildJvms jvms;

	TaskInstancesIntegrationTests(TestDatabase db, ChildJvms jvms) {
		this.db = db;
		this.jvms = jvms;
	}

	@Test
	void loseNothingAndComputeNothingTwiceWhenTheyAreKilled() {
		Words.createPartitionedTable(this.db, ROWS);
		Application application = Application
			.with(this.db, TaskInstance.OPTIONS, (builder) -> builder.task(Words.TASK, (Shout) Words::shouted),
					Words.CHANGE)
			.start();
		try (RandomTraffic oldVersion = RandomTraffic.start(this.db, 2, 1, TaskInstancesIntegrationTests::oldVersion);
				RandomTraffic newVersion = RandomTraffic.start(this.db, 2, 2,
						TaskInstancesIntegrationTests::newVersion)) {
			ChildJvm first = start("first");
			ChildJvm second = start("second");
			awaitBatch(second);
			awaitBatch(first);
			first.awaitLine("computes"::equals, PATIENCE);
			first.kill();
			awaitBatch(start("third"));
			second.kill();
			Patience.await()
				.atMost(PATIENCE)
				.until(() -> application.status(Words.CHANGE).state().isRunning(Phase.CONTRACT));
			oldVersion.stop();
			application.concertina().steering().approve(Words.CHANGE.id(), "test");
			Patience.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(application.status(Words.CHANGE).state())
					.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED)));
			newVersion.stop();
			assertThat(oldVersion.failures()).isEmpty();
			assertThat(newVersion.failures()).isEmpty();
		}
		assertThat(Words.count(this.db, "shouted IS DISTINCT FROM upper(word)")).as("rows that differ").isZero();
		assertThat(Words.count(this.db, "id >= %d AND id <= %d AND applied <> 1".formatted(WRITTEN, ROWS)))
			.as("rows that nobody wrote and that were not computed once")
			.isZero();
	}

	private ChildJvm start(String name) {
		return this.jvms.start(JvmLaunch.of(TaskInstance.class).with(this.db).withArguments(name));
	}

	private static void awaitBatch(ChildJvm instance) {
		instance.awaitLine((line) -> line.contains("phase=BACKFILL"), PATIENCE);
	}

	private static List<String> oldVersion(Random random) {
		return version(random, "word = 'old %1$d'", "(id, word) VALUES (%2$d, 'old %1$d')");
	}

	private static List<String> newVersion(Random random) {
		return version(random, "word = 'new %1$d', shouted = 'NEW %1$d'",
				"(id, word, shouted) VALUES (%2$d, 'new %1$d', 'NEW %1$d')");
	}

	private static List<String> version(Random random, String set, String values) {
		int id = 1 + random.nextInt(WRITTEN - 1);
		int number = random.nextInt(1000);
		String statement = switch (random.nextInt(5)) {
			case 0 -> ("INSERT INTO line " + values + " ON CONFLICT DO NOTHING").formatted(number,
					10_000 + random.nextInt(500));
			case 1 -> "UPDATE line SET note = repeat('y', %d) WHERE id = %d".formatted(number * 3, id);
			case 2 -> "DELETE FROM line WHERE id = %d".formatted(10_000 + random.nextInt(500));
			default -> ("UPDATE line SET " + set + " WHERE id = %2$d").formatted(number, id);
		};
		return List.of(statement);
	}

}
