package dev.concertina.operation;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.event.MigrationEvent;
import dev.concertina.execute.DdlRunner;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.testing.DatabaseAccess;

/**
 * An instance of an application in a JVM of its own, which tells on its output whatever
 * it does, so that a test can kill it at any of these moments.
 */
public final class KilledApplication {

	static final Change ITEMS = Change.version("1", "items")
		.operation(ExtractJsonArray
			.of("t", "items", "item", "t_id", "position", JsonField.of("sku", "text"),
					JsonField.of("quantity", "integer", "qty"))
			.withIndex("sku"))
		.build();

	static final Change RENAME = Change.version("2", "rename")
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	static final Change RETYPE = Change.version("3", "retype")
		.operation(ChangeColumnType.of("visit", "epoch", "at", "timestamptz", "to_timestamp(epoch)",
				"extract(epoch FROM at)::bigint"))
		.build();

	static final List<Change> CHANGES = List.of(ITEMS, RENAME, RETYPE);

	private KilledApplication() {
	}

	public static void main(String[] args) throws InterruptedException {
		DataSource dataSource = DatabaseAccess.handedOver().pool("application");
		ConcertinaOptions options = ConcertinaOptions.defaults()
			.withWorkers(new WorkerOptions(2, Duration.ofMillis(100), 4, Duration.ZERO))
			.withPause(Duration.ofMillis(3))
			.withPoll(Duration.ofMillis(50));
		DdlRunner told = new Telling(ContractHistory.of(dataSource));
		Concertina concertina = Concertina.on(dataSource, told)
			.options(options)
			.listener(KilledApplication::tell)
			.build();
		FlywayBridge bridge = new FlywayBridge(concertina, CHANGES.stream().map(Definition::of).toList(),
				options.locks());
		FluentConfiguration configuration = Flyway.configure()
			.dataSource(dataSource)
			.locations(new String[0])
			.baselineOnMigrate(true)
			.baselineVersion("0");
		bridge.configure(configuration);
		System.out.println("migrates");
		bridge.migrate(configuration.load());
		System.out.println("runs");
		concertina.start();
		Thread.currentThread().join();
	}

	private static void tell(MigrationEvent event) {
		if (!(event instanceof MigrationEvent.Held)) {
			System.out.println(event);
		}
	}

	/**
	 * Runs steps and says when they begin and end.
	 */
	private record Telling(DdlRunner target) implements DdlRunner {

		@Override
		public void once(ChangeRecord change, Phase phase, int number, Ddl step, Consumer<Connection> execution) {
			System.out.println("step " + step.description());
			this.target.once(change, phase, number, step, (connection) -> {
				System.out.println("begins");
				execution.accept(connection);
				System.out.println("commits");
			});
		}

		@Override
		public boolean isDone(ChangeRecord change, Phase phase, int number, Ddl step) {
			return this.target.isDone(change, phase, number, step);
		}

		@Override
		public void forget(StateJdbc jdbc, ChangeRecord change, Phase phase, int number, Ddl step) {
			this.target.forget(jdbc, change, phase, number, step);
		}

	}

}
