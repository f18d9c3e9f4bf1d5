package dev.concertina.contract;

import java.time.Instant;
import java.util.Optional;

import dev.concertina.fleet.Fleet;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.Verdict;

/**
 * A change that wants to drop the old structure, what is known about it, and where more
 * can be asked: an application may have changes in several databases.
 *
 * @param change what is remembered of the change
 * @param verdict the last comparison of both structures
 * @param poisonRows how many rows could not be copied
 * @param now the time of the database
 * @param fleet the instances that are known to the database
 * @param jdbc the template of the database, outside of transactions
 */
public record GateCandidate(ChangeRecord change, Optional<Verdict> verdict, long poisonRows, Instant now, Fleet fleet,
		StateJdbc jdbc) {

	/**
	 * Return whether the old structure is out of sight already, a part of it at least.
	 * @return {@code true} until it is brought back
	 */
	public boolean isRetired() {
		return this.change.retiredAt() != null;
	}

}
