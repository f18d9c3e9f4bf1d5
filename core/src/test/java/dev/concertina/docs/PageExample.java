package dev.concertina.docs;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.execute.LockOptions;
import dev.concertina.explain.Explanation;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.TestDatabase;

/**
 * The example of a page, compiled in an empty database.
 */
final class PageExample {

	private PageExample() {
	}

	static Explanation explain(OperationPage page, TestDatabase database) {
		database.execute(page.table());
		Plan plan = PlanCompiler.compile(Definition.of(page.change()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(database.dataSource()))));
		return new Explanation(plan, LockOptions.defaults().timeout());
	}

}
