package dev.concertina.actuate;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import dev.concertina.change.ChangeId;
import dev.concertina.contract.Objection;
import dev.concertina.plan.Phase;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.ObservedChange;

/**
 * Tells of the changes that are not at their end, under {@code startup} of those that
 * wait for Flyway to begin them, and never takes an application out of service for one:
 * while a change runs, waits or has failed, both structures are kept in step, so that the
 * application works as before.
 *
 * <p>
 * The status is {@code UP}, or {@code UNKNOWN} if the state can't be read; that the
 * database is down is for the indicator {@code db} to say.
 */
public class ConcertinaHealthIndicator implements HealthIndicator {

	private final ChangeWatch watch;

	private final List<ChangeId> released;

	/**
	 * Tell of changes.
	 * @param watch what looks at the changes
	 * @param released the changes that the application was released with
	 */
	public ConcertinaHealthIndicator(ChangeWatch watch, List<ChangeId> released) {
		this.watch = watch;
		this.released = List.copyOf(released);
	}

	@Override
	public Health health() {
		Map<String, Object> changes = new LinkedHashMap<>();
		Set<String> begun = new HashSet<>();
		for (ObservedChange change : this.watch.recent()) {
			begun.add(change.status().id());
			if (!change.isFinal()) {
				changes.put(change.status().id(), details(change));
			}
		}
		if (!this.watch.sees()) {
			return Health.unknown().withDetails(changes).build();
		}
		List<String> waiting = this.released.stream().map(ChangeId::value).filter((id) -> !begun.contains(id)).toList();
		if (!waiting.isEmpty()) {
			changes.putIfAbsent("startup",
					"Changes %s wait for Flyway, which has not run them here".formatted(waiting));
		}
		return Health.up().withDetails(changes).build();
	}

	private static Map<String, Object> details(ObservedChange change) {
		Map<String, Object> details = new LinkedHashMap<>();
		Phase phase = change.status().state().phase();
		details.put("phase", phase);
		details.put("status", change.status().state().status());
		if (phase == Phase.BACKFILL || phase == Phase.VERIFY) {
			details.put("fraction", change.fraction(phase));
		}
		if (!change.status().objections().isEmpty() && (phase == Phase.DUAL_WRITE || phase == Phase.CONTRACT)) {
			details.put("objections", change.status().objections().stream().map(Objection::toString).toList());
		}
		if (change.status().reason() != null) {
			details.put("reason", change.status().reason());
		}
		return details;
	}

}
