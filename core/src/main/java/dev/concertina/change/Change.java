package dev.concertina.change;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.CanonicalJson;
import dev.concertina.plan.Fingerprint;
import dev.concertina.plan.KeptBy;

/**
 * What a team writes: an id, a version, and a list of operations.
 *
 * <p>
 * A YAML file {@code db/evolution/V12__split_order_items.yaml} and a bean made by
 * {@link #version(String, String)} give equal objects, and so the same plan.
 *
 * @param id the name of the change, unique in an application
 * @param version its place in the order of the application's migrations
 * @param contract who lets it drop the old structure
 * @param userTriggers whether the copy of existing rows fires the triggers of users
 * @param keptBy who keeps both structures in step
 * @param operations what it does, in this order
 */
public record Change(ChangeId id, ChangeVersion version, ContractPolicy contract, UserTriggers userTriggers,
		KeptBy keptBy, List<Operation> operations) {

	public Change {
		operations = List.copyOf(operations);
		if (operations.isEmpty()) {
			throw new InvalidDefinitionException("Change '%s' has no operation".formatted(id),
					"List at least one operation under 'operations'.");
		}
	}

	/**
	 * Start to write a change in Java.
	 * @param version its version, such as {@code 12} or {@code 2026.11.1}
	 * @param id its id
	 * @return a builder
	 */
	public static Builder version(String version, String id) {
		return new Builder(new ChangeVersion(version), new ChangeId(id));
	}

	/**
	 * Return the fingerprint of the definition, which an edit changes. What a definition
	 * does not make use of leaves no trace in it.
	 * @return the fingerprint of the canonical form
	 */
	public Fingerprint fingerprint() {
		List<Object> form = new ArrayList<>(List.of(this.id.value(), this.version.value(), this.contract));
		if (this.userTriggers != UserTriggers.FIRE) {
			form.add(this.userTriggers);
		}
		if (this.keptBy != KeptBy.TRIGGERS) {
			form.add(this.keptBy);
		}
		for (Operation operation : this.operations) {
			form.add(operation.getClass().getName());
			form.add(operation);
		}
		return Fingerprint.of(CanonicalJson.write(form));
	}

	/**
	 * Collects the operations of a change.
	 */
	public static final class Builder {

		private final ChangeVersion version;

		private final ChangeId id;

		private ContractPolicy contract = ContractPolicy.APPROVAL;

		private UserTriggers userTriggers = UserTriggers.FIRE;

		private KeptBy keptBy = KeptBy.TRIGGERS;

		private final List<Operation> operations = new ArrayList<>();

		private Builder(ChangeVersion version, ChangeId id) {
			this.version = version;
			this.id = id;
		}

		/**
		 * Set who lets the change drop the old structure; without it, a person does.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder contract(ContractPolicy policy) {
			this.contract = policy;
			return this;
		}

		/**
		 * Set whether the copy of existing rows fires the triggers of users; without it,
		 * they fire.
		 * @param value what it means to them
		 * @return this builder
		 */
		public Builder userTriggers(UserTriggers value) {
			this.userTriggers = value;
			return this;
		}

		/**
		 * Set who keeps both structures in step; without it, triggers do.
		 * @param value who does it
		 * @return this builder
		 */
		public Builder keptBy(KeptBy value) {
			this.keptBy = value;
			return this;
		}

		/**
		 * Add an operation.
		 * @param operation the operation
		 * @return this builder
		 */
		public Builder operation(Operation operation) {
			this.operations.add(operation);
			return this;
		}

		/**
		 * Return the change.
		 * @return the change
		 */
		public Change build() {
			return new Change(this.id, this.version, this.contract, this.userTriggers, this.keptBy, this.operations);
		}

	}

}
