package dev.concertina.autoconfigure;

import java.util.List;

import dev.concertina.change.ChangeId;
import dev.concertina.change.Definition;

/**
 * All changes of an application, those of files and those of beans.
 *
 * @param all the changes
 */
record ChangeDefinitions(List<Definition> all) {

	ChangeDefinitions {
		all = List.copyOf(all);
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	boolean contains(ChangeId id) {
		return this.all.stream().anyMatch((definition) -> definition.change().id().equals(id));
	}

}
