package dev.concertina.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.KeptBy;

/**
 * Reads changes that are written in YAML, and finds whatever is wrong in any of them
 * before the first one is run.
 */
public final class ChangeReader {

	private final OperationCatalog catalog;

	/**
	 * Read files that name operations of a catalog.
	 * @param catalog the operations
	 */
	public ChangeReader(OperationCatalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * Read the changes of an application.
	 * @param files a file for each change
	 * @return the changes in the order of their versions
	 * @throws RefusedChangesException with every problem of every file, if there is one
	 */
	public List<Definition> read(List<ChangeFile> files) {
		List<Definition> definitions = new ArrayList<>();
		List<Problem> problems = new ArrayList<>();
		for (ChangeFile file : files) {
			FileProblems found = new FileProblems(file.name());
			read(file, found).ifPresent(definitions::add);
			problems.addAll(found.all());
		}
		problems.addAll(Definitions.clashes(definitions));
		if (!problems.isEmpty()) {
			throw new RefusedChangesException(problems);
		}
		return definitions.stream()
			.sorted(Comparator.comparing((definition) -> definition.change().version()))
			.toList();
	}

	private Optional<Definition> read(ChangeFile file, FileProblems problems) {
		Optional<FileName> name = name(file, problems);
		Optional<Content> content = content(file, problems);
		return name.flatMap((given) -> content.map((written) -> written.definition(given, file.name())));
	}

	private static Optional<FileName> name(ChangeFile file, FileProblems problems) {
		try {
			return Optional.of(FileName.of(file.name()));
		}
		catch (ConcertinaException ex) {
			problems.addToName(ex);
			return Optional.empty();
		}
	}

	private Optional<Content> content(ChangeFile file, FileProblems problems) {
		NodeBinder records = new NodeBinder(problems, file.scripts());
		OperationListBinder operations = new OperationListBinder(this.catalog, records, problems);
		NodeBinder binder = records.with(OperationList.class, operations::bind);
		return YamlText.root(file.text(), problems)
			.flatMap((root) -> binder.bind(Content.class, new Place("the change", root), root));
	}

	/**
	 * What a file holds; its name says the rest.
	 *
	 * @param description what the change is for, told to people who read the file
	 * @param contract who lets it drop the old structure
	 * @param userTriggers whether the copy of existing rows fires the triggers of users
	 * @param keptBy who keeps both structures in step
	 * @param operations what it does
	 */
	record Content(@Nullable String description, @Nullable ContractPolicy contract, @Nullable UserTriggers userTriggers,
			@Nullable KeptBy keptBy, OperationList operations) {

		Definition definition(FileName name, String origin) {
			ContractPolicy policy = (this.contract != null) ? this.contract : ContractPolicy.APPROVAL;
			UserTriggers triggers = (this.userTriggers != null) ? this.userTriggers : UserTriggers.FIRE;
			KeptBy keeper = (this.keptBy != null) ? this.keptBy : KeptBy.TRIGGERS;
			Change change = new Change(name.id(), name.version(), policy, triggers, keeper,
					this.operations.operations());
			return new Definition(change, origin, this.operations.lines());
		}

	}

}
