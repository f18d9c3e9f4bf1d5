package dev.concertina.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.concertina.fleet.Instance;
import dev.concertina.state.ChangeRecord;

/**
 * No instance is left whose version needs the old structure: one that was released
 * without the change, or, where the approval came with a release, one of a release
 * before.
 *
 * @param approvals the approvals that come with a release
 * @param harmless the sessions of instances that are not asked
 */
record InstancesReady(Approvals approvals, HarmlessSessions harmless) implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		ChangeRecord change = candidate.change();
		boolean byRelease = this.approvals.haveApproved(change);
		List<Instance> live = candidate.fleet()
			.live()
			.stream()
			.filter((instance) -> !this.harmless.haveAllOf(instance))
			.toList();
		List<Instance> older = live.stream()
			.filter((instance) -> !(byRelease ? instance.releases() : instance.knows()).contains(change.id()))
			.toList();
		if (older.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Objection(
				"%d of %d instances %s change '%s': %s".formatted(older.size(), live.size(),
						byRelease ? "do not approve" : "do not know", change.id(),
						older.stream().map(Instance::toString).collect(Collectors.joining(", "))),
				"Finish the rollout; an instance that was killed is forgotten by itself."));
	}

	@Override
	public String toString() {
		return "Whether an instance needs the old structure";
	}

}
