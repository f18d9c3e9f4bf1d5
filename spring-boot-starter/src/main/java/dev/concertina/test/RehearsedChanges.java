package dev.concertina.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.explain.Explanation;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.schema.TableName;
import dev.concertina.state.Status;
import dev.concertina.watch.ChangedDatabases;

/**
 * All changes of an application, as they have run on the database of a test.
 */
public final class RehearsedChanges {

	/** What writes the pages of plans in place of comparing them. */
	static final String WRITE = "concertina.plans.write";

	private final ChangedDatabases databases;

	/**
	 * Ask about changes.
	 * @param databases where they have run
	 */
	public RehearsedChanges(ChangedDatabases databases) {
		this.databases = databases;
	}

	/**
	 * Assert that all of them come to their end.
	 * @return the same
	 * @throws AssertionError with what keeps each of the others
	 */
	public RehearsedChanges assertCompleted() {
		List<String> others = new ArrayList<>();
		for (ChangeStatus change : this.databases.changes()) {
			ChangeId id = ChangeId.of(change.id());
			Concertina concertina = this.databases.of(id);
			concertina.run(id);
			ChangeStatus now = concertina.change(id).orElseThrow();
			if (now.state().status() != Status.COMPLETED) {
				others.add("%s is %s: %s %s".formatted(now.id(), now.state(), now.reason(), now.objections()));
			}
		}
		return require(others);
	}

	/**
	 * Assert that each of them can be taken back until it drops something, and that what
	 * it copies is compared.
	 * @return the same
	 * @throws AssertionError with every step that can't be undone though it drops
	 * nothing, and every copy that nothing compares
	 */
	public RehearsedChanges assertNoMistakes() {
		List<String> mistakes = new ArrayList<>();
		for (Explanation change : plans()) {
			Plan plan = change.plan();
			plan.steps(Phase.EXPAND)
				.stream()
				.filter((step) -> step instanceof Ddl ddl && ddl.undo().isEmpty())
				.forEach((step) -> mistakes
					.add("%s can't be rolled back: nothing undoes '%s'".formatted(plan.change(), step.description())));
			Set<TableName> compared = plan.steps(Phase.VERIFY)
				.stream()
				.filter(Check.class::isInstance)
				.map((step) -> ((Check) step).source())
				.collect(Collectors.toSet());
			plan.steps(Phase.BACKFILL)
				.stream()
				.filter((step) -> step instanceof Backfill copy && !compared.contains(copy.source()))
				.forEach((step) -> mistakes
					.add("%s copies what nothing compares: '%s'".formatted(plan.change(), step.description())));
		}
		return require(mistakes);
	}

	/**
	 * Assert that a folder has the page of each plan, as it is now: whoever reviews a
	 * change reads it in the same pull request. With
	 * {@code -Dconcertina.plans.write=true} the pages are written.
	 * @param folder the folder with a page {@code <id>.md} for each change
	 * @return the same
	 * @throws AssertionError with the pages that are missing or tell something else
	 */
	public RehearsedChanges assertPlans(Path folder) {
		List<String> stale = new ArrayList<>();
		for (Explanation change : plans()) {
			Path page = folder.resolve(change.plan().change() + ".md");
			try {
				if (Boolean.getBoolean(WRITE)) {
					Files.createDirectories(folder);
					Files.writeString(page, change.markdown());
				}
				if (!Files.exists(page) || !Files.readString(page).replace("\r\n", "\n").equals(change.markdown())) {
					stale.add("%s is stale; write it by -D%s=true, and read what has changed".formatted(page, WRITE));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return require(stale);
	}

	/**
	 * Return the plans.
	 * @return what each change has done, in the order of their versions
	 */
	public List<Explanation> plans() {
		return this.databases.changes()
			.stream()
			.map((change) -> ChangeId.of(change.id()))
			.flatMap((id) -> this.databases.of(id).explain(id).stream())
			.toList();
	}

	private RehearsedChanges require(List<String> problems) {
		if (!problems.isEmpty()) {
			throw new AssertionError(String.join("\n", problems));
		}
		return this;
	}

}
