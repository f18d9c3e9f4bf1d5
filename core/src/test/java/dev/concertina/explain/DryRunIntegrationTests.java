package dev.concertina.explain;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.change.Definition;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class DryRunIntegrationTests {

	private static final Change FIRST = Change.version("9", "first")
		.operation(AddColumn.of("customer", "age", "int"))
		.build();

	private static final Change SECOND = Change.version("10", "second")
		.operation(RenameColumn.of("customer", "age", "years"))
		.operation(ChangeColumnType.of("customer", "code", "bigint"))
		.build();

	private final TestDatabase db;

	DryRunIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, code int NOT NULL)",
				"CREATE INDEX ON customer (code)");
	}

	@Test
	void explainsInTheOrderOfVersionsAndChangesNothing() {
		CatalogDump before = CatalogDump.of(this.db);
		assertThat(dryRun(SECOND, FIRST)).hasToString("[first, second]");
		assertThat(CatalogDump.of(this.db)).isEqualTo(before);
	}

	@Test
	void leavesOutWhatHasRun() {
		Application application = Application.of(this.db, FIRST).start();
		CatalogDump before = CatalogDump.of(this.db);
		assertThat(dryRun(FIRST, SECOND)).hasToString("[second]");
		assertThat(CatalogDump.of(this.db)).isEqualTo(before);
		assertThat(application.concertina().explain(FIRST.id())).get().hasToString("first");
		assertThat(application.concertina().explain(ChangeId.of("second"))).isEmpty();
	}

	@Test
	void tellsWhatTheStartWouldRun() {
		List<Explanation> dry = dryRun(FIRST);
		assertThat(Application.of(this.db, FIRST).start().concertina().explain(FIRST.id())).contains(dry.get(0));
	}

	@Test
	void refusesWhatTheStartWouldRefuse() {
		Application.of(this.db, FIRST).start();
		Change edited = Change.version("9", "first").operation(AddColumn.of("customer", "age", "bigint")).build();
		Change wrong = Change.version("11", "wrong").operation(AddColumn.of("custom", "age", "bigint")).build();
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(() -> dryRun(edited, wrong))
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(2))
			.withMessageContainingAll("Change 'first' was edited after it was run", "There is no table custom");
	}

	private List<Explanation> dryRun(Change... changes) {
		return Application.of(this.db).concertina().dryRun(Stream.of(changes).map(Definition::of).toList());
	}

}
