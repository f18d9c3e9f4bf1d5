package dev.concertina.testing.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.explain.Ejection;
import dev.concertina.explain.FlywayScript;
import dev.concertina.plan.Plan;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that the files of a change lead Flyway alone to the catalog and the rows of the
 * plain migration, and back.
 */
public record EjectionProof(Scenario scenario) {

	public void endsAsAPlainMigration(TestDatabase ejected, TestDatabase plain, Path folder) {
		this.scenario.createIn(plain).execute(this.scenario.plain().toArray(String[]::new));
		this.scenario.createIn(ejected);
		List<String> before = structure(ejected);
		List<FlywayScript> scripts = scripts(ejected);
		scripts.forEach((script) -> write(folder.resolve(script.name()), script.text()));
		migrate(ejected, folder, "");
		assertThat(structure(ejected)).as("catalog after %s", this.scenario)
			.containsExactlyInAnyOrderElementsOf(structure(plain));
		assertThat(Content.of(ejected, this.scenario.drawn())).as("rows after %s", this.scenario)
			.isEqualTo(Content.of(plain, this.scenario.drawn()));
		scripts.stream().filter((script) -> script.name().matches("U.*sql")).forEach((undo) -> {
			write(folder.resolve("undo/V1__undo.sql"), undo.text());
			migrate(ejected, folder.resolve("undo"), "_of_undo");
			assertThat(structure(ejected)).as("catalog without %s", this.scenario)
				.containsExactlyInAnyOrderElementsOf(before);
		});
	}

	/**
	 * Migrates with a history of its own. Undo scripts run as migrations do, as Flyway
	 * runs them for paying users only.
	 */
	private static void migrate(TestDatabase database, Path folder, String history) {
		FluentConfiguration configuration = Flyway.configure()
			.dataSource(database.dataSource())
			.locations("filesystem:" + folder)
			.table("flyway_schema_history" + history)
			.baselineOnMigrate(true)
			.baselineVersion("0");
		// an index that is built concurrently waits for the lock of Flyway otherwise
		configuration.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
		configuration.load().migrate();
	}

	private static List<String> structure(TestDatabase database) {
		return CatalogDump.of(database)
			.lines()
			.stream()
			.filter((line) -> !line.contains("flyway_schema_history"))
			.toList();
	}

	private List<FlywayScript> scripts(TestDatabase database) {
		Change change = this.scenario.change();
		Plan plan = Application.of(database).concertina().dryRun(List.of(Definition.of(change))).get(0).plan();
		return Ejection.of(change.version(), plan);
	}

	private static void write(Path file, String text) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
