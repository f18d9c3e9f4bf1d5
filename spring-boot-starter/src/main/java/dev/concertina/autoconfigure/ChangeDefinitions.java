package dev.concertina.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.change.Definition;
import dev.concertina.change.Definitions;
import dev.concertina.failure.InvalidDefinitionException;

/**
 * All changes of an application, those of files and those of beans.
 *
 * @param all the changes that may run
 * @param off the ids of those that may not
 */
record ChangeDefinitions(List<Definition> all, Set<ChangeId> off) {

	ChangeDefinitions {
		all = List.copyOf(all);
		off = Set.copyOf(off);
	}

	/**
	 * Take the changes of files and those of beans together.
	 */
	static ChangeDefinitions of(List<Definition> files, List<Change> beans) {
		List<Definition> all = Stream.concat(files.stream(), beans.stream().map(Definition::of)).toList();
		Definitions.requireUnique(all);
		return new ChangeDefinitions(all, Set.of());
	}

	/**
	 * Leave some of them out.
	 * @param ids those that may not run
	 * @throws InvalidDefinitionException if there is none with such an id, as it may have
	 * been meant to stop another one
	 */
	ChangeDefinitions without(Set<ChangeId> ids) {
		List<ChangeId> known = ids();
		ids.stream().filter((id) -> !known.contains(id)).findFirst().ifPresent((id) -> {
			throw new InvalidDefinitionException("There is no change '%s' to be disabled".formatted(id),
					"Write one of %s under concertina.disabled.".formatted(known));
		});
		return new ChangeDefinitions(
				this.all.stream().filter((definition) -> !ids.contains(definition.change().id())).toList(), ids);
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	List<ChangeId> ids() {
		return this.all.stream().map((definition) -> definition.change().id()).toList();
	}

}
