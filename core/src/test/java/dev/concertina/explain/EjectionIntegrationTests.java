package dev.concertina.explain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.Concertina;
import dev.concertina.RefusedTransitionException;
import dev.concertina.UnknownChangeException;
import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.Application;
import dev.concertina.testing.Memory;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class EjectionIntegrationTests {

	private static final Change RENAME = Change.version("2.1", "mail-is_email")
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	private static final Change ADD = Change.version("2.2", "age")
		.operation(AddColumn.of("pet", "age", "text").withDefault("'${unknown}'"))
		.build();

	private final TestDatabase db;

	EjectionIntegrationTests(TestDatabase db) {
		this.db = db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text)",
				"CREATE TABLE pet (id bigint)");
	}

	@Test
	void isRefusedBeforeTheEnd() {
		Concertina concertina = Application.of(this.db, RENAME).start().run(RENAME).concertina();
		assertThatExceptionOfType(RefusedTransitionException.class).isThrownBy(() -> concertina.eject(RENAME.id()))
			.withMessage("Change 'mail-is_email' is in CONTRACT RUNNING and can't be ejected");
		assertThatExceptionOfType(UnknownChangeException.class)
			.isThrownBy(() -> concertina.eject(ChangeId.of("unknown")));
	}

	@Test
	void takesThePlaceOfTheChangeInTheHistory(@TempDir Path folder) throws Exception {
		Application application = Application.of(this.db, RENAME, ADD).start();
		List<FlywayScript> rename = application.contract(RENAME).concertina().eject(RENAME.id());
		assertThat(rename).extracting(FlywayScript::name)
			.containsExactly("V2.1__mail-is_email.sql", "V2.1__mail-is_email.sql.conf");
		List<FlywayScript> add = application.concertina().eject(ADD.id());
		assertThat(add).extracting(FlywayScript::name)
			.containsExactly("V2.2__age.sql", "V2.2__age.sql.conf", "U2.2__age.sql", "U2.2__age.sql.conf");
		for (FlywayScript script : List.of(rename.get(0), rename.get(1), add.get(0), add.get(1))) {
			Files.writeString(folder.resolve(script.name()), script.text());
		}
		Flyway flyway = Flyway.configure().dataSource(this.db.dataSource()).locations("filesystem:" + folder).load();
		assertThatExceptionOfType(FlywayValidateException.class).isThrownBy(flyway::validate);
		this.db.execute("UPDATE flyway_schema_history SET type = 'SQL' WHERE version IN ('2.1', '2.2')");
		flyway.repair();
		flyway.validate();
		Memory before = Memory.of(this.db);
		assertThat(flyway.migrate().migrationsExecuted).isZero();
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

}
