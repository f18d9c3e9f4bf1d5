package dev.concertina.docs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class OperationPagesIntegrationTests {

	private static final String TABLES = """
			SELECT n.nspname, c.relname
			  FROM pg_catalog.pg_class c
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'""";

	private static final String LOCKS = """
			SELECT n.nspname, c.relname, l.mode
			  FROM pg_catalog.pg_locks l
			  JOIN pg_catalog.pg_class c ON c.oid = l.relation
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE l.pid = pg_backend_pid() AND c.relkind IN ('r', 'p') AND n.nspname = 'public' AND c.relname IN (:tables)
			   AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')""";

	private final TestDatabase db;

	OperationPagesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource
	void showsWhatIsRunForTheExample(OperationPage example) {
		example.page().assertGenerated(PlanMarkdown.of(example.table(), plan(example)));
	}

	@ParameterizedTest
	@EnumSource
	void showsOneExampleInYamlAndJava(OperationPage example) {
		assertThat(example.changeOfPage()).isEqualTo(example.change());
		assertThat(example.page().text()).contains(example.yaml());
		assertThat(words(Page.source(OperationPage.class))).contains(words(example.page().block("java")));
	}

	@ParameterizedTest
	@EnumSource
	void needsNoLockThatItDoesNotTell(OperationPage example) {
		Plan plan = plan(example);
		this.db.execute("CREATE SCHEMA concertina");
		for (Phase phase : Phase.values()) {
			for (Step step : plan.steps(phase)) {
				if (step instanceof DualWrite dualWrite) {
					assertThat(told(dualWrite.locks())).containsAllEntriesOf(locksOf(dualWrite.sql()));
				}
				else if (step instanceof Ddl ddl && ddl.mode() == Ddl.Mode.TRANSACTIONAL) {
					assertThat(told(ddl.locks())).as(ddl.description()).containsAllEntriesOf(locksOf(ddl.sql()));
				}
				else if (step instanceof Ddl ddl) {
					this.db.execute(ddl.sql().toArray(String[]::new));
				}
			}
		}
	}

	private Plan plan(OperationPage example) {
		this.db.execute(example.table());
		return PlanCompiler.compile(Definition.of(example.change()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))));
	}

	private Map<TableName, TableLock.Mode> locksOf(List<String> statements) {
		return new Database(this.db.dataSource()).inTransaction((jdbc) -> {
			JdbcClient client = JdbcClient.create(jdbc);
			List<TableName> before = client.sql(TABLES)
				.query((row, number) -> new TableName(row.getString(1), row.getString(2)))
				.list();
			statements.forEach(jdbc::execute);
			if (before.isEmpty()) {
				return Map.of();
			}
			return strongest(client.sql(LOCKS)
				.param("tables", before.stream().map(TableName::name).toList())
				.query((row, number) -> new TableLock(new TableName(row.getString(1), row.getString(2)),
						mode(row.getString(3))))
				.list()
				.stream());
		});
	}

	private static TableLock.Mode mode(String mode) {
		return Stream.of(TableLock.Mode.values())
			.filter((candidate) -> mode.equalsIgnoreCase(candidate.sql().replace(" ", "") + "Lock"))
			.findFirst()
			.orElseThrow(() -> new AssertionError(mode));
	}

	private static Map<TableName, TableLock.Mode> told(List<TableLock> locks) {
		return strongest(locks.stream());
	}

	private static Map<TableName, TableLock.Mode> strongest(Stream<TableLock> locks) {
		Map<TableName, TableLock> all = new LinkedHashMap<>();
		locks.forEach((lock) -> all.merge(lock.table(), lock, TableLock::strongest));
		Map<TableName, TableLock.Mode> modes = new LinkedHashMap<>();
		all.forEach((table, lock) -> modes.put(table, lock.mode()));
		return modes;
	}

	private static String words(Page page) {
		return words(page.text());
	}

	private static String words(String text) {
		return String.join("", Arrays.asList(text.split("\\s+")));
	}

}
