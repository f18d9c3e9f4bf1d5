package dev.concertina.dualwrite;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.concertina.change.ChangeId;

/**
 * The changes whose reads and writes this instance routes. An application that routes a
 * change by itself declares a bean of it: a change that it keeps in step is copied once
 * all instances tell that they route it.
 *
 * @param ids their ids, as the annotations say
 */
public record RoutedChanges(List<String> ids) {

	public RoutedChanges {
		ids = List.copyOf(ids);
	}

	/**
	 * Return the changes.
	 * @return their ids, each of them once
	 */
	public Set<ChangeId> changes() {
		return this.ids.stream().map(ChangeId::of).collect(Collectors.toUnmodifiableSet());
	}

}
