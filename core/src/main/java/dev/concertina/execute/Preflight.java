package dev.concertina.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;

/**
 * Refuses changes before anything is touched, with all problems at once.
 */
public final class Preflight {

	private final JdbcTemplate jdbc;

	/**
	 * Check against a database.
	 * @param jdbc the template of the database
	 */
	public Preflight(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Refuse what can't be run.
	 * @param all all changes of the application
	 * @param next the changes that come before any other migration, in their order, so
	 * that they can be compiled now
	 * @throws RefusedChangesException with every problem, if there is one
	 */
	public void check(List<Definition> all, List<Definition> next) {
		Map<String, ChangeRecord> known = new HashMap<>();
		StateStore.jdbc(this.jdbc).all().forEach((change) -> known.put(change.id().value(), change));
		List<Problem> problems = new ArrayList<>(edited(all, known));
		PlanCompiler compiler = new PlanCompiler(Schema.of(new JdbcCatalog(this.jdbc)));
		next.stream()
			.filter((definition) -> !known.containsKey(definition.change().id().value()))
			.forEach(compiler::add);
		problems.addAll(compiler.problems());
		if (!problems.isEmpty()) {
			throw new RefusedChangesException(problems);
		}
	}

	private static List<Problem> edited(List<Definition> all, Map<String, ChangeRecord> known) {
		List<Problem> problems = new ArrayList<>();
		for (Definition definition : all) {
			ChangeRecord change = known.get(definition.change().id().value());
			if (change != null && !change.fingerprint().equals(definition.change().fingerprint())) {
				problems.add(new Problem(definition.origin(),
						"Change '%s' was edited after it was run (%s): fingerprint %.8s is now %.8s".formatted(
								change.id(), change.state(), change.fingerprint(), definition.change().fingerprint()),
						"Restore the file as it was, and write what shall be different as a new change"));
			}
		}
		return problems;
	}

}
