package dev.concertina.operation;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Phase;
import dev.concertina.plan.RowRange;
import dev.concertina.state.StateStore;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new table has no statistics while it grows: no batch may read it as a whole.
 */
@PostgresTest
class FirstRowsIntegrationTests {

	private final Change change = Example.EXTRACT_JSON_ARRAY.change();

	private final TestDatabase db;

	FirstRowsIntegrationTests(TestDatabase db) {
		this.db = db;
		Example.EXTRACT_JSON_ARRAY.createTable(db);
		db.execute("ALTER TABLE line SET (autovacuum_enabled = off)");
		Application.of(db, this.change).start();
		db.execute("ALTER TABLE item SET (autovacuum_enabled = off)");
	}

	@Test
	void areLookedUpByTheBatches() {
		this.db.execute("SET session_replication_role = replica;"
				+ "INSERT INTO line (id) SELECT n FROM generate_series(1000, 30000) n;"
				+ "INSERT INTO item SELECT id, 1, 's', 1 FROM line; RESET session_replication_role");
		Backfill copy = StateStore.jdbc(new Database(this.db.dataSource()).jdbc())
			.find(this.change.id())
			.orElseThrow()
			.plan()
			.steps(Phase.BACKFILL)
			.stream()
			.filter(Backfill.class::isInstance)
			.map(Backfill.class::cast)
			.findFirst()
			.orElseThrow();
		String insert = copy.statements()
			.get(1)
			.sql(copy.source().quoted(), RowRange.of("source.ctid >= '(50,0)'::tid AND source.ctid < '(1000,0)'::tid"));
		assertThat(this.db.jdbc().sql("EXPLAIN " + insert).query(String.class).list())
			.noneMatch((line) -> line.contains("Seq Scan on item"));
	}

}
