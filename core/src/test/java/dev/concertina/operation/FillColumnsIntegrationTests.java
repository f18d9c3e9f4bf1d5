package dev.concertina.operation;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeVersion;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.change.PlanCompiler;
import dev.concertina.explain.Ejection;
import dev.concertina.explain.Explanation;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.CanonicalJson;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class FillColumnsIntegrationTests {

	private final TestDatabase db;

	FillColumnsIntegrationTests(TestDatabase db) {
		this.db = db.execute("""
				CREATE TABLE t (id int PRIMARY KEY, a text, b text, filled text DEFAULT 'x', strict text NOT NULL,
				                twice text GENERATED ALWAYS AS (a || a) STORED)""");
	}

	@Test
	void tellsItsTaskInEveryForm() {
		Plan plan = compile(FillColumns.of("t", List.of("b"), List.of("a"), "shout"));
		assertThat(plan.tasks()).containsExactly("shout");
		assertThat(CanonicalJson.readPlan(CanonicalJson.write(plan))).isEqualTo(plan);
		Explanation explanation = new Explanation(plan, Duration.ofMillis(500));
		assertThat(List.of(explanation.markdown(), explanation.sql(), explanation.json()))
			.allSatisfy((form) -> assertThat(form).contains("by the task shout", "FOR NO KEY UPDATE"));
	}

	@Test
	void canBeNoScript() {
		Plan plan = compile(FillColumns.of("t", List.of("b"), List.of("a"), "shout"));
		assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> Ejection.of(new ChangeVersion("1"), plan))
			.withMessage("Change 'change' computes rows by [shout] in Java, which no script can do");
	}

	@ParameterizedTest
	@CsvSource({ "filled, has a default", "strict, forbids NULL", "twice, is filled by PostgreSQL itself",
			"id, forbids NULL", "none, has no column none" })
	void refusesColumnsThatDontTellWhetherTheyWereComputed(String column, String problem) {
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> compile(FillColumns.of("t", List.of(column), List.of("a"), "shout")))
			.withMessageContaining(problem);
	}

	@Test
	void refusesColumnsThatAnotherOperationFills() {
		FillColumns fill = FillColumns.of("t", List.of("c"), List.of("a"), "shout");
		for (Operation other : List.of(AddColumn.of("t", "c", "text").filledBy("upper(a)"),
				AddColumn.of("t", "c", "text").withDefault("'x'"), RenameColumn.of("t", "b", "c"))) {
			assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(() -> compile(other, fill))
				.withMessageContaining("Two operations of one change are about column public.t.c");
		}
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> compile(AddColumn.of("t", "c", "text"), fill, fill))
			.withMessageContaining("Two operations of one change are about column public.t.c");
	}

	@Test
	void refusesListsThatMakeNoSense() {
		for (List<String> from : List.of(List.<String>of(), List.of("b"), List.of("a", "a"))) {
			assertThatExceptionOfType(InvalidDefinitionException.class)
				.isThrownBy(() -> FillColumns.of("t", List.of("b"), from, "shout"))
				.withMessage("Columns [b] shall be computed from %s".formatted(from));
		}
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> FillColumns.of("t", List.of("b"), List.of("a"), " "))
			.withMessage("No task computes [b]");
	}

	private Plan compile(Operation... operations) {
		Change.Builder change = Change.version("1", "change");
		List.of(operations).forEach(change::operation);
		return PlanCompiler.compile(Definition.of(change.build()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))));
	}

}
