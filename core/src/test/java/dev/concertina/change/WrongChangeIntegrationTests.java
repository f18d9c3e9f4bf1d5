package dev.concertina.change;

import java.util.stream.Stream;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.failure.RefusedChangesException;
import dev.concertina.testing.Application;
import dev.concertina.testing.DatabaseScope;
import dev.concertina.testing.Memory;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An application that starts with a wrong file is told its line, what is wrong, and what
 * to do; its database is as it was.
 */
@PostgresTest(database = DatabaseScope.PER_CLASS)
@TestInstance(Lifecycle.PER_CLASS)
class WrongChangeIntegrationTests {

	private final TestDatabase db;

	private final Memory before;

	WrongChangeIntegrationTests(TestDatabase db) {
		this.db = db.execute(WrongOperations.TABLES.toArray(String[]::new));
		Application.of(db).start();
		this.before = Memory.of(db);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void isRefusedWithOneProblem(String situation, String text, int line, String what, String action) {
		ChangeFile file = new ChangeFile("db/evolution/V12__split.yaml", text);
		RefusedChangesException refusal = catchThrowableOfType(RefusedChangesException.class,
				() -> Application.reading(this.db, file).start());
		assertThat(refusal).as("the refusal of %s", text).isNotNull();
		assertThat(refusal.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.where()).isEqualTo("db/evolution/V12__split.yaml:" + line),
					(problem) -> assertThat(problem.what()).contains(what).doesNotEndWith("."),
					(problem) -> assertThat(problem.action()).contains(action).matches(".*[.?]"),
					(problem) -> assertThat(problem.toString()).doesNotContain("snakeyaml", "'reader'", "Exception"));
		assertThat(Memory.of(this.db)).isEqualTo(this.before);
	}

	static Stream<Arguments> isRefusedWithOneProblem() {
		return Stream
			.of(WrongYaml.yaml(), WrongYaml.shapes(), WrongYaml.keys(), WrongYaml.operations(), WrongYaml.values(),
					WrongOperations.columns(), WrongOperations.valuesOfColumns(), WrongOperations.regroupings(),
					WrongOperations.indexesAndConstraints(), WrongOperations.objects(), WrongOperations.injections())
			.flatMap((group) -> group);
	}

}
