package dev.concertina.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.change.Definition;
import dev.concertina.change.Definitions;

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
	 */
	ChangeDefinitions without(Set<ChangeId> ids) {
		return new ChangeDefinitions(
				this.all.stream().filter((definition) -> !ids.contains(definition.change().id())).toList(),
				ids().stream().filter(ids::contains).collect(Collectors.toSet()));
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	/**
	 * Return the ids of those that may run.
	 */
	List<ChangeId> ids() {
		return this.all.stream().map((definition) -> definition.change().id()).toList();
	}

}
