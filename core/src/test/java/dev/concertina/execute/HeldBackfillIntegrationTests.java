package dev.concertina.execute;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaBuilder;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.plan.Phase;
import dev.concertina.schema.TableName;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Advice.Kind;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.Reading;
import dev.concertina.throttle.Signal;
import dev.concertina.throttle.SignalOptions;
import dev.concertina.throttle.signal.QueryResult;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class HeldBackfillIntegrationTests {

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final Change CHANGE = Example.RENAME_COLUMN.change();

	private static final SignalOptions OFTEN = new SignalOptions(Duration.ofMillis(10), Duration.ofMillis(50));

	private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

	private final TestDatabase db;

	HeldBackfillIntegrationTests(TestDatabase db) {
		this.db = db;
		Example.RENAME_COLUMN.createTable(db);
	}

	@Test
	void waitsForAsLongAsASignalHoldsItAndTellsWhy() {
		this.db.execute("CREATE TABLE disk (used int)", "INSERT INTO disk VALUES (95)");
		Application application = application((builder) -> builder.signals(OFTEN)
			.signal(new QueryResult(this.db.dataSource(), "disk space", "SELECT used FROM disk", new Limit(80, 90))));
		application.start().concertina().start();
		Patience.await().until(() -> count(Held.class) >= 10);
		assertThat(count(BatchFinished.class)).isZero();
		assertThat(application.status(CHANGE).throttling().pace())
			.isEqualTo(Pace.hold(OFTEN.hold(), "disk space: 95 (limit 80)"));
		assertThat(application.status(CHANGE).throttling().readings())
			.containsExactly(new Reading("disk space", Kind.HOLD, "95 (limit 80)"));
		this.db.execute("UPDATE disk SET used = 60");
		Patience.await().until(() -> application.status(CHANGE).state().equals(AT_THE_GATE));
		assertThat(application.concertina().stop(Duration.ofSeconds(10))).isTrue();
	}

	@Test
	void leavesWorkThatIsPausedWhileItIsHeld() {
		Application application = application((builder) -> builder.signals(OFTEN)
			.signal(new QueryResult(this.db.dataSource(), "disk space", "SELECT 95", new Limit(80, 90))));
		application.start();
		CompletableFuture<Application> run = CompletableFuture.supplyAsync(() -> application.run(CHANGE));
		Patience.await().until(() -> count(Held.class) >= 2);
		application.concertina().steering().pause(CHANGE.id(), "test", "sale");
		assertThat(run).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void goesOnIfASignalFails() {
		Application application = application((builder) -> builder.signals(OFTEN)
			.signal(new QueryResult(this.db.dataSource(), "disk space", "SELECT used FROM nowhere", Limit.of(80))));
		assertThat(application.start().run(CHANGE).status(CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(application.status(CHANGE).throttling().readings()).extracting(Reading::advice)
			.containsExactly(Kind.UNKNOWN);
	}

	@Test
	void readsASignalOfItsTablesOnceForAllWorkers() {
		AtomicInteger reads = new AtomicInteger();
		Set<TableName> seen = new CopyOnWriteArraySet<>();
		Application application = application(
				(builder) -> builder.signals(new SignalOptions(Duration.ofHours(1), Duration.ofSeconds(1)))
					.signal(new Signal() {

						@Override
						public String name() {
							return "tables";
						}

						@Override
						public boolean isOfTables() {
							return true;
						}

						@Override
						public Advice read(Set<TableName> tables) {
							reads.incrementAndGet();
							seen.addAll(tables);
							return Advice.goOn("quiet");
						}

					}));
		assertThat(application.start().run(CHANGE).status(CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(count(BatchFinished.class)).isGreaterThan(20);
		assertThat(reads).hasValue(1);
		assertThat(seen).containsExactly(TableName.of("public.line"));
	}

	private Application application(Consumer<ConcertinaBuilder> more) {
		return Application.with(this.db, Halt.OPTIONS.withWorkers(Halt.OPTIONS.workers().withWorkers(4)),
				(builder) -> more.accept(builder.listener(this.events::add)), CHANGE);
	}

	private long count(Class<? extends MigrationEvent> type) {
		return this.events.stream().filter(type::isInstance).count();
	}

}
