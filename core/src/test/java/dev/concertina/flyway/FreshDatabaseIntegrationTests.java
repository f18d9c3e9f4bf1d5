package dev.concertina.flyway;

import java.nio.file.Path;

import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.change.Change;
import dev.concertina.change.ContractPolicy;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Scripts;
import dev.concertina.testing.TestDatabase;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class FreshDatabaseIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final Change rename = Change.version("2", "rename_mail")
		.contract(ContractPolicy.AUTOMATIC)
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	private final Change fill = Change.version("4", "fill_label")
		.contract(ContractPolicy.AUTOMATIC)
		.operation(AddColumn.of("customer", "label", "text").filledBy("upper(email)"))
		.build();

	private final TestDatabase db;

	private final Scripts scripts;

	FreshDatabaseIntegrationTests(TestDatabase db, @TempDir Path directory) {
		this.db = db;
		this.scripts = new Scripts(directory);
	}

	@BeforeEach
	void writeScripts() {
		this.scripts.script("V1__customer.sql", "CREATE TABLE customer (id bigint PRIMARY KEY, mail text)");
		// takes the name that only the contract of V2 frees
		this.scripts.script("V3__mail_count.sql", "ALTER TABLE customer ADD COLUMN mail integer");
	}

	@Test
	void runsScriptsAndChangesThroughTheirContractsInOneStart() {
		assertAllContractedInOneStart();
	}

	@Test
	void goesOnWhereItsFirstStartBroke() {
		this.scripts.script("V3__mail_count.sql", "SELECT no_such_function()");
		Application broken = Application.withScripts(this.db, this.scripts.location(), this.rename, this.fill);
		assertThatExceptionOfType(FlywayException.class).isThrownBy(broken::start);
		writeScripts();
		assertAllContractedInOneStart();
	}

	@Test
	void keepsTheOldStructureOfAChangeThatAsksForApproval() {
		Change asking = Change.version("2", "rename_mail")
			.operation(RenameColumn.of("customer", "mail", "email"))
			.build();
		this.scripts.script("V3__mail_count.sql", "ALTER TABLE customer ADD COLUMN mail_count integer");
		Application application = Application.withScripts(this.db, this.scripts.location(), asking).start();
		assertThat(application.status(asking).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(this.db.table("customer")).hasColumns("id", "mail", "email", "mail_count");
		assertThat(application.contract(asking).status(asking).state()).isEqualTo(COMPLETED);
	}

	@Test
	void isNotADatabaseThatHasATable() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text)",
				"INSERT INTO customer VALUES (1, 'ada@example.org')");
		Application application = Application.of(this.db, this.rename).start();
		assertThat(application.status(this.rename).state()).isEqualTo(State.running(Phase.BACKFILL));
		assertThat(this.db.table("customer")).hasColumns("id", "mail", "email");
	}

	@Test
	void mayHaveTablesInASchemaThatIsNotTheApplications() {
		this.db.execute("CREATE SCHEMA shop", "CREATE TABLE shop.product (id bigint)");
		assertAllContractedInOneStart();
	}

	@Test
	void keepsTheOldStructureOfATableThatWasThereBeforeInAnotherSchema() {
		this.db.execute("CREATE SCHEMA shop", "CREATE TABLE shop.product (id bigint, cost numeric)");
		Change older = Change.version("5", "rename_cost")
			.contract(ContractPolicy.AUTOMATIC)
			.operation(RenameColumn.of("shop.product", "cost", "price"))
			.build();
		Application application = Application.withScripts(this.db, this.scripts.location(), this.rename, older).start();
		assertThat(application.status(this.rename).state()).isEqualTo(COMPLETED);
		assertThat(application.status(older).state()).isEqualTo(State.running(Phase.BACKFILL));
	}

	@Test
	void isNotADatabaseWhoseFirstStartIsOver() {
		Application.withScripts(this.db, this.scripts.location(), this.rename).start();
		this.db.execute("INSERT INTO customer (id, email) VALUES (1, 'ada@example.org')");
		Application next = Application.withScripts(this.db, this.scripts.location(), this.rename, this.fill).start();
		assertThat(next.status(this.fill).state()).isEqualTo(State.running(Phase.BACKFILL));
	}

	private void assertAllContractedInOneStart() {
		Application application = Application.withScripts(this.db, this.scripts.location(), this.rename, this.fill)
			.start();
		assertThat(application.status(this.rename).state()).isEqualTo(COMPLETED);
		assertThat(application.status(this.fill).state()).isEqualTo(COMPLETED);
		assertThat(this.db.table("customer")).hasColumns("id", "email", "mail", "label").hasNoTrigger();
	}

}
