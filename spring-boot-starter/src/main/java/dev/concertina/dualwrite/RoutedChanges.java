package dev.concertina.dualwrite;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.concertina.change.ChangeId;

/**
 * The changes whose reads and writes this instance routes.
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
