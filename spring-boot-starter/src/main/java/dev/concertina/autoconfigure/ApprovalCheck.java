package dev.concertina.autoconfigure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;

import dev.concertina.change.ChangeId;
import dev.concertina.watch.ChangedDatabases;

/**
 * Warns of an approval that is one of no change: it was meant for another one.
 *
 * @param properties the approvals
 * @param definitions the changes of the application
 * @param databases what knows those that the application no longer has
 */
record ApprovalCheck(ConcertinaProperties properties, ApplicationDefinitions definitions,
		ChangedDatabases databases) implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(ApprovalCheck.class);

	@Override
	public void afterSingletonsInstantiated() {
		List<ChangeId> known = this.definitions.ids();
		Set<ChangeId> unknown = new HashSet<>(this.properties.approvedChanges(known));
		known.forEach(unknown::remove);
		if (!unknown.isEmpty()) {
			removeThoseOfEarlier(unknown);
			unknown.forEach((id) -> logger.warn("{} - No change has this id; correct concertina.approved", id));
		}
	}

	private void removeThoseOfEarlier(Set<ChangeId> unknown) {
		try {
			this.databases.changes().forEach((change) -> unknown.remove(ChangeId.of(change.id())));
		}
		catch (DataAccessException ex) {
			logger.debug("The state of the changes can't be read", ex);
			unknown.clear();
		}
	}

}
