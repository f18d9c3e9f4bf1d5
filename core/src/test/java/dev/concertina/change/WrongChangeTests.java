package dev.concertina.change;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.Operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Several problems at once, and wrong names of files. What is wrong inside of one file:
 * {@link WrongChangeIntegrationTests}.
 */
class WrongChangeTests {

	@ParameterizedTest
	@MethodSource("wrongNames")
	void isRefusedForItsName(String name, String what, String action) {
		assertThat(problems(new ChangeFile(name, WrongYaml.RENAME))).singleElement()
			.satisfies((problem) -> assertThat(problem.where()).isEqualTo(name),
					(problem) -> assertThat(problem.what()).isEqualTo(what),
					(problem) -> assertThat(problem.action()).contains(action));
	}

	static Stream<Arguments> wrongNames() {
		return Stream.of(
				arguments("db/evolution/V12_split.yaml", "'V12_split.yaml' is no name of a change",
						"V<version>__<id>.yaml"),
				arguments("12__x.yaml", "'12__x.yaml' is no name of a change", "V<version>__<id>.yaml"),
				arguments("V12a__x.yaml", "'V12a__x.yaml' is no name of a change", "V<version>__<id>.yaml"),
				arguments("V12__split order.yaml", "'split order' is no id of a change", "letters, digits, _ and -"),
				arguments("V12__%s.yaml".formatted("x".repeat(101)),
						"'%s' is no id of a change".formatted("x".repeat(101)), "at most 100"));
	}

	@Test
	void isRefusedForAnAliasBombBeforeItGrows() {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
		for (int level = 1; level < 40; level++) {
			bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(level, level - 1));
		}
		assertThat(problems(new ChangeFile("V1__x.yaml", bomb.toString())))
			.allSatisfy((problem) -> assertThat(problem.what()).contains("is an anchor or an alias"));
	}

	@Test
	void isRefusedForAValueThatABraceSplits() {
		assertThat(problems(new ChangeFile("V1__x.yaml", """
				operations:
				- setNotNull: { table: a, column: b, up: coalesce(c, d) }
				"""))).extracting(Problem::toString)
			.containsExactly(
					"V1__x.yaml:2: 'd)' is no key of setNotNull. Put a value that holds a comma into \"double quotes\" between { and }.",
					"V1__x.yaml:2: The expression 'coalesce(c' has 1 '(' without ')'. Write one SQL expression over the columns of the table, such as lower(email).");
	}

	@Test
	void isRefusedWithAllProblemsOfAllFiles() {
		assertThat(problems(new ChangeFile("V1_a.yaml", """
				contract: never
				operations:
				- renameColumn: { tabel: customer, column: '' }
				- truncate: {}
				- setNotNull: { table: a.b.c, column: b }
				comment: x
				"""), new ChangeFile("V2__b.yaml", WrongYaml.RENAME), new ChangeFile("V3__c.yaml", "operations: []"),
				new ChangeFile("V2__d.yaml", WrongYaml.RENAME)))
			.extracting(Problem::where)
			.containsExactly("V1_a.yaml", "V1_a.yaml:1", "V1_a.yaml:3", "V1_a.yaml:3", "V1_a.yaml:3", "V1_a.yaml:4",
					"V1_a.yaml:5", "V1_a.yaml:6", "V3__c.yaml:1", "V2__d.yaml");
	}

	private static List<Problem> problems(ChangeFile... files) {
		RefusedChangesException refusal = catchThrowableOfType(RefusedChangesException.class,
				() -> new ChangeReader(Operations.catalog()).read(List.of(files)));
		assertThat(refusal).isNotNull();
		return refusal.problems();
	}

}
