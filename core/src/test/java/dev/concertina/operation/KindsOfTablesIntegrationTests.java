package dev.concertina.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.TableKind;

import static dev.concertina.testing.proof.TableKind.COMPOSITE_KEY;
import static dev.concertina.testing.proof.TableKind.INHERITED;
import static dev.concertina.testing.proof.TableKind.NO_KEY;
import static dev.concertina.testing.proof.TableKind.PARTITION;
import static dev.concertina.testing.proof.TableKind.PARTITIONED;
import static dev.concertina.testing.proof.TableKind.UUID_KEY;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each operation that moves data works with each kind of table, or refuses it before
 * anything runs.
 */
@Tag("slow")
@PostgresTest
class KindsOfTablesIntegrationTests {

	private static final List<TableKind> KINDS = List.of(COMPOSITE_KEY, UUID_KEY, NO_KEY, PARTITIONED);

	private static final int VERSION = PostgresServer.shared().majorVersion();

	private static final String OTHER_KEY = "is no foreign key to that of public.t";

	/** What an operation says to a kind of table that it can't work with. */
	private static final Map<Pair, String> REFUSED = Map.ofEntries(
			entry(new Pair(WidenKey.class, PARTITIONED), "can't be built without a lock on all partitions"),
			entry(new Pair(SplitTable.class, NO_KEY), "has no primary key"),
			entry(new Pair(MergeTable.class, COMPOSITE_KEY), OTHER_KEY),
			entry(new Pair(MergeTable.class, UUID_KEY), OTHER_KEY),
			entry(new Pair(MergeTable.class, NO_KEY), OTHER_KEY),
			entry(new Pair(MoveColumns.class, COMPOSITE_KEY), OTHER_KEY),
			entry(new Pair(MoveColumns.class, UUID_KEY), OTHER_KEY),
			entry(new Pair(MoveColumns.class, NO_KEY), "has no primary key"),
			entry(new Pair(PartitionTable.class, COMPOSITE_KEY), "because of: row-level security"),
			entry(new Pair(PartitionTable.class, UUID_KEY), "because of: row-level security"),
			entry(new Pair(PartitionTable.class, NO_KEY), "has no primary key"),
			entry(new Pair(ListToTable.class, COMPOSITE_KEY), "Table public.t has a primary key of 2 columns"),
			entry(new Pair(ListToTable.class, NO_KEY), "Table public.t has a primary key of 0 columns"),
			entry(new Pair(ExtractJsonArray.class, COMPOSITE_KEY), "Table public.t has a primary key of 2 columns"),
			entry(new Pair(ExtractJsonArray.class, NO_KEY), "Table public.t has a primary key of 0 columns"));

	/**
	 * Where the new table has the key of the old one, so that another plain migration is
	 * the same: scenarios of their own are about these, and
	 * {@link RefusedPartitionsIntegrationTests} about a table that is partitioned twice.
	 */
	private static final Set<Pair> SHOWN_ELSEWHERE = Set.of(new Pair(SplitTable.class, COMPOSITE_KEY),
			new Pair(SplitTable.class, UUID_KEY), new Pair(ListToTable.class, UUID_KEY),
			new Pair(ExtractJsonArray.class, UUID_KEY), new Pair(PartitionTable.class, PARTITIONED));

	private final TestDatabase db;

	KindsOfTablesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void endAsInAPlainMigration(Scenario scenario) {
		try (TestDatabase plain = TestDatabase.create()) {
			Proof.of(scenario).endsAsAPlainMigration(this.db, plain);
		}
	}

	/**
	 * If there are several scenarios of an operation, each of them has another kind.
	 */
	static Stream<Scenario> endAsInAPlainMigration() {
		return ofEachOperation().values()
			.stream()
			.flatMap((scenarios) -> IntStream.range(0, KINDS.size())
				.mapToObj((number) -> entry(scenarios.get(number % scenarios.size()), KINDS.get(number))))
			.filter((each) -> isMoved(each.getKey(), each.getValue()))
			.map((each) -> made(each.getKey(), each.getValue()));
	}

	private static Map<Class<?>, List<Scenario>> ofEachOperation() {
		return Scenarios.movingData()
			.stream()
			.collect(Collectors.groupingBy((scenario) -> operation(scenario), LinkedHashMap::new, Collectors.toList()));
	}

	private static boolean isMoved(Scenario scenario, TableKind kind) {
		boolean newIdentity = kind == PARTITIONED && scenario.name().contains("identity");
		return refusal(scenario, kind).isEmpty() && !SHOWN_ELSEWHERE.contains(new Pair(operation(scenario), kind))
				&& !(newIdentity && VERSION < 17);
	}

	private static Scenario made(Scenario scenario, TableKind kind) {
		Scenario made = scenario.as(kind);
		boolean getsAnIndex = kind == PARTITIONED && operation(scenario) == MergeTable.class;
		return getsAnIndex ? made.sameAs("ALTER INDEX \"partition 0_lower_idx\" RENAME TO \"cities_partition 0\"",
				"ALTER INDEX \"partition 1_lower_idx\" RENAME TO \"cities_partition 1\"") : made;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void mayBeEmpty(Scenario scenario) {
		try (TestDatabase plain = TestDatabase.create()) {
			Proof.of(scenario).endsAsAPlainMigration(this.db, plain);
		}
	}

	static Stream<Scenario> mayBeEmpty() {
		return ofEachOperation().values().stream().map((scenarios) -> scenarios.get(0).withoutRows());
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void areRefusedBeforeAnythingRuns(Scenario scenario, String problem) {
		scenario.createIn(this.db);
		Change change = scenario.change();
		Application application = Application.of(this.db, change);
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContaining(problem);
		assertThat(application.concertina().change(change.id())).isEmpty();
	}

	static Stream<Arguments> areRefusedBeforeAnythingRuns() {
		return Scenarios.movingData()
			.stream()
			.flatMap((scenario) -> Stream.of(TableKind.values())
				.filter((kind) -> !refusal(scenario, kind).isEmpty())
				.map((kind) -> Arguments.of(scenario.as(kind), refusal(scenario, kind))));
	}

	private static String refusal(Scenario scenario, TableKind kind) {
		if (kind == PARTITIONED && operation(scenario) == EnumToLookup.class && VERSION < 18) {
			return "PostgreSQL before 18 can't add one to a partitioned table";
		}
		return (kind == INHERITED || kind == PARTITION) ? "other tables inherit from it"
				: REFUSED.getOrDefault(new Pair(operation(scenario), kind), "");
	}

	private static Class<? extends Operation> operation(Scenario scenario) {
		return scenario.operations().get(0).getClass();
	}

	@ParameterizedTest
	@ValueSource(strings = { "uuid DEFAULT gen_random_uuid()", "text", "varchar(40)" })
	void mayHaveAnyKeyForItsElements(String type) {
		this.db.execute("CREATE TABLE orders (id %s PRIMARY KEY, items jsonb)".formatted(type));
		String key = type.startsWith("uuid") ? "gen_random_uuid()" : "'it''s ' || n";
		this.db.withRows("orders", 50, key + ", jsonb_build_array(jsonb_build_object('sku', n))");
		Change change = Change.version("1", "c")
			.operation(ExtractJsonArray.of("orders", "items", "item", "order_id", "n", JsonField.of("sku", "integer")))
			.build();
		Application application = Application.of(this.db, change).start();
		this.db.execute("UPDATE orders SET items = items || items WHERE items -> 0 ->> 'sku' = '7'",
				"INSERT INTO item SELECT id, 3, 8 FROM orders WHERE items -> 0 ->> 'sku' = '8'");
		application.run(change).contract(change);
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(this.db.jdbc().sql("SELECT count(*) FROM item").query(Long.class).single()).isEqualTo(52);
	}

	@Test
	void mustNotBeViews() {
		this.db.execute("CREATE VIEW line AS SELECT 1::bigint AS id, 1::numeric AS price");
		Change change = Change.version("1", "c").operation(RenameColumn.of("line", "price", "amount")).build();
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> Application.of(this.db, change).start())
			.withMessageContaining("public.line is no heap table");
	}

	private record Pair(Class<? extends Operation> operation, TableKind kind) {

	}

}
