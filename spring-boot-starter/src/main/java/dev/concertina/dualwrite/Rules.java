package dev.concertina.dualwrite;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.ResourceHolderSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.concertina.ChangeState;
import dev.concertina.ChangeStates;

/**
 * By which rule a transaction reads and writes: as the change stands when the transaction
 * first asks, until its end. It is read in the transaction, so that a process that was
 * paused never begins to write by a rule of long ago.
 */
final class Rules {

	private final ChangeStates states;

	Rules(ChangeStates states) {
		this.states = states;
	}

	/**
	 * Return the rule of the transaction.
	 */
	ChangeState ofTransaction(String change) {
		return kept().states.computeIfAbsent(change, this.states::state);
	}

	/**
	 * Return the rule of this moment.
	 */
	ChangeState now(String change) {
		return this.states.state(change);
	}

	/**
	 * Return the bucket of what has no key: the same in a transaction.
	 */
	int bucket() {
		return TransactionSynchronizationManager.isSynchronizationActive() ? kept().bucket : Buckets.any();
	}

	private Kept kept() {
		@Nullable Kept kept = (Kept) TransactionSynchronizationManager.getResource(this);
		if (kept == null) {
			kept = new Kept();
			TransactionSynchronizationManager.bindResource(this, kept);
			TransactionSynchronizationManager.registerSynchronization(new Forget(kept, this));
		}
		return kept;
	}

	private static final class Kept extends ResourceHolderSupport {

		private final Map<String, ChangeState> states = new HashMap<>();

		private final int bucket = Buckets.any();

	}

	/**
	 * Also sets it aside while another transaction runs in between.
	 */
	private static final class Forget extends ResourceHolderSynchronization<Kept, Rules> {

		Forget(Kept kept, Rules rules) {
			super(kept, rules);
		}

	}

}
