package dev.concertina.dualwrite;

import java.util.List;

import dev.concertina.change.ChangeId;

/**
 * The changes of an application.
 *
 * @param ids their ids
 */
public record KnownChanges(List<ChangeId> ids) {

	public KnownChanges {
		ids = List.copyOf(ids);
	}

}
