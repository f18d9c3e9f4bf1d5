package dev.concertina.change;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.SetNotNull;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

class DefinitionsTests {

	private static final Definition FILE = new Definition(change("12", "split"), "db/evolution/V12__split.yaml",
			List.of(2));

	@Test
	void mayHaveDifferentVersionsAndIds() {
		assertThatNoException()
			.isThrownBy(() -> Definitions.requireUnique(List.of(FILE, Definition.of(change("12.1", "join")))));
	}

	@Test
	void areRefusedForOneVersion() {
		assertClashes(Definition.of(change("12", "join")), new Problem("change 'join'",
				"Version 12 is taken by db/evolution/V12__split.yaml", "Give one of them another version."));
	}

	@Test
	void areRefusedForVersionsThatFlywayTakesForOne() {
		assertClashes(Definition.of(change("012.0", "join")), new Problem("change 'join'",
				"Version 012.0 is taken by db/evolution/V12__split.yaml", "Give one of them another version."));
	}

	@Test
	void areRefusedForOneId() {
		assertClashes(Definition.of(change("13", "split")), new Problem("change 'split'",
				"The id 'split' is taken by db/evolution/V12__split.yaml", "Give one of them another id."));
	}

	private static void assertClashes(Definition other, Problem problem) {
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> Definitions.requireUnique(List.of(FILE, other)))
			.extracting(RefusedChangesException::problems, list(Problem.class))
			.containsExactly(problem);
	}

	private static Change change(String version, String id) {
		return Change.version(version, id).operation(SetNotNull.of("customer", "email")).build();
	}

}
