package dev.concertina.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.change.Definition;
import dev.concertina.change.Definitions;

/**
 * All changes of an application, those of files and those of beans.
 *
 * @param all the changes
 */
record ChangeDefinitions(List<Definition> all) {

	ChangeDefinitions {
		all = List.copyOf(all);
	}

	/**
	 * Take the changes of files and those of beans together.
	 */
	static ChangeDefinitions of(List<Definition> files, List<Change> beans) {
		List<Definition> all = Stream.concat(files.stream(), beans.stream().map(Definition::of)).toList();
		Definitions.requireUnique(all);
		return new ChangeDefinitions(all);
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	boolean contains(ChangeId id) {
		return this.all.stream().anyMatch((definition) -> definition.change().id().equals(id));
	}

}
