package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.proof.Scenario;

/**
 * Every operation, proved by the same harness.
 */
final class Scenarios {

	/** A part of the names of the scenarios that shall be proved, by default of all. */
	private static final String SELECTED = System.getProperty("concertina.test.scenarios", "");

	private Scenarios() {
	}

	static List<Scenario> movingData() {
		return all().stream().filter((scenario) -> scenario.versions() != null).toList();
	}

	static List<Scenario> all() {
		int version = PostgresServer.shared().majorVersion();
		return Stream
			.of(ColumnScenarios.all(), NewColumnScenarios.all(), RegroupingScenarios.all(), ConversionScenarios.all(),
					KeyScenarios.all(), TablePairScenarios.all(), MergeTableScenarios.all(), MoveColumnsScenarios.all(),
					IndexScenarios.all(), ConstraintScenarios.all(), ObjectScenarios.all(), SimpleColumnScenarios.all(),
					TableScenarios.all(), PartitionScenarios.all(), TextListScenarios.all(), OddNameScenarios.all(),
					Stream.of(JsonArrayScenario.create()))
			.flatMap((part) -> part)
			.filter((scenario) -> scenario.since() <= version && scenario.name().contains(SELECTED))
			.toList();
	}

}
