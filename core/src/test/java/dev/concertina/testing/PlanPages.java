package dev.concertina.testing;

import java.nio.file.Path;
import java.util.List;

import javax.sql.DataSource;

import dev.concertina.Concertina;
import dev.concertina.change.Definition;
import dev.concertina.explain.Explanation;
import dev.concertina.flyway.ContractHistory;

/**
 * The plans of changes that have not run yet, as pages beside the sources: whoever
 * reviews a change reads in the same pull request what it will do.
 */
public record PlanPages(Path folder) {

	/**
	 * Asserts that there is a page for each change that has not run in a database, and
	 * that it tells what the change would do there now. With
	 * {@code -Dconcertina.docs.write=true} it writes them.
	 */
	public void assertCurrent(DataSource database, List<Definition> changes) {
		for (Explanation change : Concertina.on(database, ContractHistory.of(database)).build().dryRun(changes)) {
			new GeneratedFile(this.folder.resolve(change.plan().change() + ".md")).assertHolds(change.markdown());
		}
	}

}
