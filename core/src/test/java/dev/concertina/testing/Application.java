package dev.concertina.testing;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.ConcertinaBuilder;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeId;
import dev.concertina.change.ChangeReader;
import dev.concertina.change.Definition;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.operation.Operations;

/**
 * One instance of an application with changes, on a test database.
 */
public final class Application {

	/** That of Flyway. */
	private final DataSource database;

	private final Concertina concertina;

	private final FlywayBridge bridge;

	private final String[] locations;

	private Application(DataSource database, ConcertinaOptions options, Consumer<ConcertinaBuilder> more,
			List<String> locations, List<Definition> definitions) {
		this(database, database, options, more, locations, definitions);
	}

	private Application(DataSource database, DataSource flyway, ConcertinaOptions options,
			Consumer<ConcertinaBuilder> more, List<String> locations, List<Definition> definitions) {
		this.database = flyway;
		this.locations = locations.toArray(String[]::new);
		ConcertinaBuilder builder = Concertina.on(database, ContractHistory.of(flyway, options.schema()))
			.options(options);
		more.accept(builder);
		this.concertina = builder.build();
		this.bridge = new FlywayBridge(this.concertina, definitions, options.locks());
	}

	/**
	 * Returns an application without migrations of its own: its tables are there already.
	 */
	public static Application of(TestDatabase database, Change... changes) {
		return of(database, ConcertinaOptions.defaults(), changes);
	}

	public static Application of(TestDatabase database, ConcertinaOptions options, Change... changes) {
		return with(database, options, (builder) -> {
		}, changes);
	}

	public static Application of(DataSource database, ConcertinaOptions options, Change... changes) {
		return new Application(database, options, (builder) -> {
		}, List.of(), definitions(changes));
	}

	/**
	 * Returns an application with listeners, throttles or gate conditions of its own.
	 */
	public static Application with(TestDatabase database, ConcertinaOptions options, Consumer<ConcertinaBuilder> more,
			Change... changes) {
		return new Application(database.dataSource(), options, more, List.of(), definitions(changes));
	}

	/**
	 * Returns an application whose connections come from a pooler, and those of Flyway
	 * and of the steps behind the startup from the server itself.
	 */
	public static Application pooled(DataSource pooled, DataSource direct, ConcertinaOptions options,
			Consumer<ConcertinaBuilder> more, Change... changes) {
		return new Application(pooled, direct, options, more, List.of(), definitions(changes));
	}

	/**
	 * Returns an application whose changes are written in files.
	 */
	public static Application reading(TestDatabase database, ChangeFile... files) {
		return new Application(database.dataSource(), ConcertinaOptions.defaults(), (builder) -> {
		}, List.of(), new ChangeReader(Operations.catalog()).read(List.of(files)));
	}

	/**
	 * Returns an application with SQL scripts among its changes.
	 */
	public static Application withScripts(TestDatabase database, String location, Change... changes) {
		return withScripts(database, ConcertinaOptions.defaults(), location, changes);
	}

	public static Application withScripts(TestDatabase database, ConcertinaOptions options, String location,
			Change... changes) {
		return new Application(database.dataSource(), options, (builder) -> {
		}, List.of(location), definitions(changes));
	}

	private static List<Definition> definitions(Change... changes) {
		return Stream.of(changes).map(Definition::of).toList();
	}

	/**
	 * Does what an application does at its start: migrate.
	 */
	public Application start() {
		FluentConfiguration configuration = Flyway.configure()
			.dataSource(this.database)
			.locations(this.locations)
			.baselineOnMigrate(true)
			.baselineVersion("0");
		this.bridge.configure(configuration);
		this.bridge.migrate(configuration.load());
		return this;
	}

	/**
	 * Moves changes on until they wait for somebody or are at their ends.
	 */
	public Application run(Change... changes) {
		Stream.of(changes).map(Change::id).forEach(this.concertina::run);
		return this;
	}

	/**
	 * Approves a change and moves it on.
	 */
	public Application contract(Change change) {
		this.concertina.steering().approve(change.id(), "test");
		return run(change);
	}

	public Concertina concertina() {
		return this.concertina;
	}

	public ChangeStatus status(Change change) {
		return this.concertina.change(change.id()).orElseThrow();
	}

	public ChangeStatus status(String id) {
		return this.concertina.change(ChangeId.of(id)).orElseThrow();
	}

}
