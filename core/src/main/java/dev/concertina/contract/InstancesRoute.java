package dev.concertina.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.concertina.change.ChangeId;
import dev.concertina.fleet.Instance;
import dev.concertina.plan.Phase;

/**
 * Every instance writes both structures, and has told that it knows the state from which
 * on it does: before the rows are copied, and until the old structure is given up.
 *
 * @param harmless the sessions of instances that are not asked
 */
record InstancesRoute(HarmlessSessions harmless) implements GateCondition {

	@Override
	public boolean isBefore(Phase phase) {
		return phase == Phase.BACKFILL || phase == Phase.CONTRACT;
	}

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (!candidate.change().plan().isKeptByApplication()) {
			return Optional.empty();
		}
		ChangeId change = candidate.change().id();
		List<Instance> live = candidate.fleet()
			.live()
			.stream()
			.filter((instance) -> !this.harmless.haveAllOf(instance))
			.toList();
		List<Instance> others = live.stream()
			.filter((instance) -> !instance.routes().contains(change) || !instance.acknowledged().containsKey(change))
			.toList();
		if (others.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Objection(
				"%d of %d instances do not write both structures of change '%s' yet: %s".formatted(others.size(),
						live.size(), change, others.stream().map(Instance::toString).collect(Collectors.joining(", "))),
				"Finish the rollout of a version that has both implementations; an instance that was killed is forgotten by itself."));
	}

	@Override
	public String toString() {
		return "Whether every instance writes both structures";
	}

}
