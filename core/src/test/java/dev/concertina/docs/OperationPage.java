package dev.concertina.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeReader;
import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.execute.LockOptions;
import dev.concertina.explain.Explanation;
import dev.concertina.operation.Operations;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.Page;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of an operation: an example in YAML and in Java, what was there before, and
 * the SQL that is made of it.
 */
record OperationPage(Page page) {

	private static final Pattern FILE = Pattern.compile("`(db/evolution/V\\S+\\.yaml)`:");

	private static final Pattern BEFORE = Pattern.compile("Compiled for this:\n\n```sql\n(.*?)```", Pattern.DOTALL);

	/**
	 * Returns all pages in the order of their names.
	 */
	static List<OperationPage> all() {
		try (Stream<Path> files = Files.list(Page.root().resolve("docs/operations"))) {
			return files.sorted().map((file) -> new OperationPage(new Page(file))).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String name() {
		return String.valueOf(this.page.file().getFileName()).replace(".md", "");
	}

	/**
	 * Returns the operations that the page is about.
	 */
	List<String> operations() {
		return List.of(this.page.text().lines().findFirst().orElseThrow().replace("# ", "").split(", "));
	}

	String yaml() {
		return this.page.block("yaml");
	}

	String java() {
		return this.page.block("java");
	}

	/**
	 * Returns the change that the page shows in YAML.
	 */
	Change change() {
		ChangeFile file = new ChangeFile(find(FILE), yaml());
		return new ChangeReader(Operations.catalog()).read(List.of(file)).get(0).change();
	}

	/**
	 * Compiles the example in an empty database.
	 */
	Explanation explain(TestDatabase database) {
		database.execute(find(BEFORE));
		Plan plan = PlanCompiler.compile(Definition.of(change()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(database.dataSource()))));
		return new Explanation(plan, LockOptions.defaults().timeout());
	}

	private String find(Pattern pattern) {
		Matcher matcher = pattern.matcher(this.page.text());
		assertThat(matcher.find()).as("%s has %s", this.page.file(), pattern).isTrue();
		return matcher.group(1);
	}

	@Override
	public String toString() {
		return name();
	}

}
