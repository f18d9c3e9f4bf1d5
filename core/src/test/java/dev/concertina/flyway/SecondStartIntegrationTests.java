package dev.concertina.flyway;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.change.Change;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.Application;
import dev.concertina.testing.Memory;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Scripts;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class SecondStartIntegrationTests {

	private final Change rename = rename("email");

	private final TestDatabase db;

	private final Scripts scripts;

	SecondStartIntegrationTests(TestDatabase db, @TempDir Path directory) {
		this.db = db;
		this.scripts = new Scripts(directory);
	}

	@BeforeEach
	void startOnce() {
		this.scripts.script("V1__customer.sql", "CREATE TABLE customer (id bigint PRIMARY KEY, mail text)")
			.script("V3__product.sql", "CREATE TABLE product (id bigint PRIMARY KEY)");
		application(this.rename).start();
	}

	@Test
	void doesNothingWhileAChangeWaitsAtTheGate() {
		Memory before = Memory.of(this.db);
		application(this.rename).start();
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	@Test
	void doesNothingAfterAContract() {
		application(this.rename).contract(this.rename);
		Memory before = Memory.of(this.db);
		application(this.rename).start().run(this.rename);
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	@Test
	void refusesAChangeThatWasEdited() {
		Memory before = Memory.of(this.db);
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> application(rename("mail_address")).start())
			.satisfies((ex) -> assertThat(ex.problems()).singleElement()
				.satisfies(
						(problem) -> assertThat(problem.what()).contains("'rename_mail'", "edited after it was run")));
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	@Test
	void runsNothingElseBesideAChangeThatWasEdited() {
		Memory before = Memory.of(this.db);
		this.scripts.script("V5__order.sql", "CREATE TABLE orders (id bigint PRIMARY KEY)");
		Change valid = Change.version("4", "add_label").operation(AddColumn.of("product", "label", "text")).build();
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> application(rename("mail_address"), valid).start());
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	@Test
	void refusesASchemaWhoseFunctionsNotEverybodyMayCall() {
		this.db.execute("REVOKE USAGE ON SCHEMA concertina FROM PUBLIC");
		assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> application(this.rename).start())
			.withMessage(
					"PUBLIC lacks USAGE on schema concertina, so that writes would fail in the triggers of a change");
	}

	@Test
	void refusesAnEditAfterTheContractToo() {
		application(this.rename).contract(this.rename);
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> application(rename("mail_address")).start());
	}

	private Application application(Change... changes) {
		return Application.withScripts(this.db, this.scripts.location(), changes);
	}

	private static Change rename(String to) {
		return Change.version("2", "rename_mail").operation(RenameColumn.of("customer", "mail", to)).build();
	}

}
