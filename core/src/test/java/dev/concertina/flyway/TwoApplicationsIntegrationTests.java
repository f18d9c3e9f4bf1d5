package dev.concertina.flyway;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.operation.RenameColumn;
import dev.concertina.operation.SplitTable;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.LogEntry;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.DatabaseAccess;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications share a database, each with a schema for its tables and one for its
 * state, and call their changes the same.
 */
@PostgresTest
class TwoApplicationsIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final Change change = Change.version("1", "split_address")
		.operation(SplitTable.of("customer", "address", "city", "zip"))
		.operation(RenameColumn.of("customer", "name", "full_name"))
		.build();

	private final TestDatabase db;

	private final HikariDataSource ofShop;

	private final HikariDataSource ofBilling;

	private final Application shop;

	private final Application billing;

	TwoApplicationsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.ofShop = in(db.access(), "shop");
		this.ofBilling = in(db.access(), "billing");
		this.shop = application(this.ofShop, "shop_changes", this.change);
		this.billing = application(this.ofBilling, "billing_changes", this.change);
	}

	@BeforeEach
	void createTables() {
		for (String schema : List.of("shop", "billing")) {
			this.db
				.execute("CREATE SCHEMA " + schema,
						"CREATE TABLE %s.customer (id bigint PRIMARY KEY, name text, city text, zip text)"
							.formatted(schema))
				.withRows(schema + ".customer", 100, "n, n, '%s', n".formatted(schema));
		}
	}

	@AfterEach
	void close() {
		this.ofShop.close();
		this.ofBilling.close();
	}

	@Test
	void keepTheirChangesApart() {
		this.shop.start();
		this.billing.start().run(this.change);
		assertThat(this.shop.status(this.change).state()).isEqualTo(State.running(Phase.BACKFILL));
		this.billing.contract(this.change);
		this.db.execute("UPDATE shop.customer SET city = 'Rome', name = 'Ada' WHERE id = 1");
		this.shop.start().run(this.change);
		List<LogEntry> ofBilling = this.billing.concertina().history(this.change.id());
		assertThat(this.shop.contract(this.change).status(this.change).state()).isEqualTo(COMPLETED);
		assertThat(this.billing.start().status(this.change).state()).isEqualTo(COMPLETED);
		assertThat(this.billing.concertina().history(this.change.id())).isEqualTo(ofBilling);
		assertThat(cities("shop")).containsExactly("Rome", "shop");
		assertThat(cities("billing")).containsExactly("billing");
		assertThat(this.db.jdbc().sql("SELECT full_name FROM shop.customer WHERE id = 1").query(String.class).single())
			.isEqualTo("Ada");
	}

	private List<String> cities(String schema) {
		return this.db.jdbc()
			.sql("SELECT DISTINCT city FROM %s.address ORDER BY city".formatted(schema))
			.query((row, number) -> row.getString(1))
			.list();
	}

	private static HikariDataSource in(DatabaseAccess access, String schema) {
		HikariDataSource pool = access.pool(schema);
		pool.addDataSourceProperty("currentSchema", schema);
		return pool;
	}

	private static Application application(HikariDataSource database, String schema, Change change) {
		return Application.of(database, ConcertinaOptions.defaults().withSchema(StateSchemaName.of(schema)), change);
	}

}
