package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;

/**
 * Every operation, proved by the same harness.
 */
final class Scenarios {

	private Scenarios() {
	}

	static List<Scenario> all() {
		return Stream
			.of(ColumnScenarios.all(), RegroupingScenarios.all(), ConversionScenarios.all(), KeyScenarios.all(),
					TablePairScenarios.all(), IndexScenarios.all(), ConstraintScenarios.all(), ObjectScenarios.all(),
					SimpleColumnScenarios.all(), TableScenarios.all(), PartitionScenarios.all(),
					TextListScenarios.all(), Stream.of(JsonArrayScenario.create()))
			.flatMap((part) -> part)
			.toList();
	}

}
