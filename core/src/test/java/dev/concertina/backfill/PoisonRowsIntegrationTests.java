package dev.concertina.backfill;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.PoisonRowFound;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.JsonField;
import dev.concertina.plan.Phase;
import dev.concertina.state.PoisonRow;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class PoisonRowsIntegrationTests {

	private static final State FAILED = new State(Phase.BACKFILL, Status.FAILED);

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final Change TO_NUMBERS = Change.version("1", "to_numbers")
		.operation(ChangeColumnType.of("line", "word", "number", "int", "word::int", "number::text"))
		.build();

	private final List<PoisonRowFound> found = new CopyOnWriteArrayList<>();

	private final TestDatabase db;

	PoisonRowsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void areSetAsideWhileAllOthersAreCopied() {
		createTable("id bigint PRIMARY KEY");
		poison(7, 8, 199);
		Application application = run(Halt.OPTIONS);
		assertThat(application.status(TO_NUMBERS).state()).isEqualTo(FAILED);
		assertThat(application.status(TO_NUMBERS).reason())
			.startsWith("finished with 3 poison rows, the first in public.line with key ")
			.contains(": ERROR: invalid input syntax for type integer: \"seven\"");
		assertThat(keys(application)).containsExactlyInAnyOrder("7", "8", "199");
		assertThat(this.found).extracting(PoisonRowFound::key).contains("7", "8", "199");
		assertThat(notCopied()).containsExactly(7, 8, 199);
	}

	@Test
	void areTriedAgainWhenTheChangeIsResumed() {
		createTable("id bigint PRIMARY KEY");
		poison(7, 8, 199);
		Application application = run(Halt.OPTIONS);
		this.db.execute("UPDATE line SET word = '70' WHERE id IN (7, 8)");
		application.concertina().steering().resume(TO_NUMBERS.id(), "test");
		application.run(TO_NUMBERS);
		assertThat(application.status(TO_NUMBERS).state()).isEqualTo(FAILED);
		assertThat(keys(application)).containsExactly("199");
		assertThat(application.concertina().poisonRows(TO_NUMBERS.id(), 10)).singleElement()
			.satisfies((row) -> assertThat(row.attempts()).isGreaterThan(1));
		this.db.execute("DELETE FROM line WHERE id = 199");
		application.concertina().steering().resume(TO_NUMBERS.id(), "test");
		application.run(TO_NUMBERS);
		assertThat(application.status(TO_NUMBERS).state()).isEqualTo(AT_THE_GATE);
		assertThat(notCopied()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "id bigint",
			"id bigint, \"It's \"\"a\"\" key\" timestamptz DEFAULT now(), PRIMARY KEY (\"It's \"\"a\"\" key\", id)",
			"id numeric(20, 10) PRIMARY KEY" })
	void areFoundAgainWhateverTheirKeyIs(String columns) {
		createTable(columns);
		poison(7, 200);
		Application application = run(Halt.OPTIONS);
		assertThat(keys(application)).hasSize(2);
		this.db.execute("ALTER TABLE line DISABLE TRIGGER USER", "UPDATE line SET word = '1' WHERE id IN (7, 200)",
				"ALTER TABLE line ENABLE TRIGGER USER");
		application.concertina().steering().resume(TO_NUMBERS.id(), "test");
		application.run(TO_NUMBERS);
		assertThat(application.concertina().poisonRows(TO_NUMBERS.id(), 10)).isEmpty();
	}

	@Test
	void stopTheRunWhenThereAreTooMany() {
		createTable("id bigint PRIMARY KEY");
		this.db.execute("UPDATE line SET word = 'none' WHERE id > 100");
		Application application = run(Halt.OPTIONS.withMaxPoisonRows(20));
		assertThat(application.status(TO_NUMBERS).state()).isEqualTo(FAILED);
		assertThat(application.status(TO_NUMBERS).reason()).contains("rows can't be copied, more than the limit of 20");
		assertThat(keys(application).size()).isBetween(21, 99);
	}

	@Test
	void areNotLookedForWhereNoneIsAllowed() {
		createTable("id bigint PRIMARY KEY");
		poison(7);
		Application application = run(Halt.OPTIONS.withMaxPoisonRows(0));
		assertThat(application.status(TO_NUMBERS).reason()).contains("invalid input syntax for type integer");
		assertThat(keys(application)).isEmpty();
	}

	@Test
	void areNotMadeOfWhatFailsForAllRows() {
		this.db.execute("CREATE FUNCTION number(word text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'");
		createTable("id bigint PRIMARY KEY");
		Change change = Change.version("1", "to_numbers")
			.operation(ChangeColumnType.of("line", "word", "number", "int", "number(word)", "number::text"))
			.build();
		Application application = Application.of(this.db, Halt.OPTIONS, change).start();
		this.db.execute("DROP FUNCTION number");
		application.run(change);
		assertThat(application.status(change).state()).isEqualTo(FAILED);
		assertThat(application.status(change).reason()).contains("function number(text) does not exist");
		assertThat(keys(application)).isEmpty();
	}

	@Test
	void areRowsOfWhichOneElementCantBeCopied() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, items jsonb)")
			.withRows("orders", 50,
					"n, jsonb_build_array(jsonb_build_object('sku', CASE n WHEN 20 THEN 'x' ELSE n::text END))");
		Change change = Change.version("1", "split")
			.operation(ExtractJsonArray.of("orders", "items", "item", "order_id", "n", JsonField.of("sku", "integer")))
			.build();
		Application application = Application.of(this.db, Halt.OPTIONS, change).start().run(change);
		assertThat(application.concertina().poisonRows(change.id(), 10)).extracting(PoisonRow::key)
			.containsExactly("20");
		assertThat(this.db.jdbc().sql("SELECT count(*) FROM item").query(Long.class).single()).isEqualTo(49);
	}

	private void createTable(String columns) {
		this.db.execute("CREATE TABLE line (%s, word text, pad text) WITH (fillfactor = 10)".formatted(columns),
				"INSERT INTO line (id, word, pad) SELECT n, n, repeat('x', 100) FROM generate_series(1, 200) AS n");
	}

	private void poison(int... ids) {
		for (int id : ids) {
			this.db.execute("UPDATE line SET word = 'seven' WHERE id = %d".formatted(id));
		}
	}

	private Application run(ConcertinaOptions options) {
		return Application.with(this.db, options, (builder) -> builder.listener(this::listen), TO_NUMBERS)
			.start()
			.run(TO_NUMBERS);
	}

	private void listen(MigrationEvent event) {
		if (event instanceof PoisonRowFound poison) {
			this.found.add(poison);
		}
	}

	private static List<String> keys(Application application) {
		return application.concertina().poisonRows(TO_NUMBERS.id(), 1000).stream().map(PoisonRow::key).toList();
	}

	private List<Integer> notCopied() {
		return this.db.jdbc()
			.sql("SELECT id FROM line WHERE number IS NULL ORDER BY id")
			.query((row, number) -> row.getInt(1))
			.list();
	}

}
