package dev.concertina.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two backfills that share the only connection.
 */
@PostgresTest
class FairBackfillsIntegrationTests {

	private static final ConcertinaOptions ONE_CONNECTION = Halt.OPTIONS.withMaxConnections(1);

	private static final Change LARGE = Change.version("1", "large")
		.operation(RenameColumn.of("customer", "name", "label"))
		.build();

	private static final Change SMALL = Change.version("2", "small")
		.operation(RenameColumn.of("pet", "name", "label"))
		.build();

	private final TestDatabase db;

	private final List<ChangeId> batches = Collections.synchronizedList(new ArrayList<>());

	FairBackfillsIntegrationTests(TestDatabase db) {
		this.db = db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, name text, note char(1500))",
				"CREATE TABLE pet (id bigint PRIMARY KEY, name text, note char(1500))");
	}

	@Test
	void takeTurns() {
		this.db.withRows("customer", 4000, "n, 'name ' || n, '-'").withRows("pet", 1000, "n, 'name ' || n, '-'");
		Application application = Application.with(this.db, ONE_CONNECTION,
				(builder) -> builder.listener(this::remember), LARGE, SMALL);
		application.start().concertina().start();
		Patience.await()
			.until(() -> Stream.of(LARGE, SMALL)
				.allMatch((change) -> application.status(change).state().equals(State.running(Phase.CONTRACT))));
		assertThat(application.concertina().stop(Duration.ofSeconds(10))).isTrue();
		List<ChangeId> both = this.batches.subList(
				Math.max(this.batches.indexOf(LARGE.id()), this.batches.indexOf(SMALL.id())),
				this.batches.lastIndexOf(SMALL.id()) + 1);
		long ofSmall = both.stream().filter(SMALL.id()::equals).count();
		assertThat(ofSmall).as("%s", both).isGreaterThan(5).isGreaterThanOrEqualTo(both.size() / 3);
	}

	private void remember(MigrationEvent event) {
		if (event instanceof BatchFinished batch && batch.phase() == Phase.BACKFILL) {
			this.batches.add(batch.change());
		}
	}

}
