package dev.concertina.change;

import java.util.List;
import java.util.Optional;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.schema.Catalog;

/**
 * Whether the role that migrates may copy rows without firing triggers.
 */
final class TriggerBypass {

	private static final int GRANTABLE = 15;

	private TriggerBypass() {
	}

	/**
	 * Return what the server says against it: whoever may set the setting that makes the
	 * batches bypass triggers is up to the server and its version.
	 */
	static Optional<InvalidDefinitionException> objection(Catalog catalog, Plan plan) {
		if (!plan.settings().bypassesTriggers()
				|| plan.steps(Phase.BACKFILL).stream().noneMatch(Backfill.class::isInstance)) {
			return Optional.empty();
		}
		return catalog.rehearsal(List.of())
			.objection("SET LOCAL session_replication_role = replica")
			.map((objection) -> new InvalidDefinitionException(
					"The role that migrates may not bypass triggers: %s".formatted(objection),
					(catalog.objects().majorVersion() >= GRANTABLE)
							? "Let a superuser GRANT SET ON PARAMETER session_replication_role to it, or remove 'userTriggers'."
							: "Before PostgreSQL 15 only a superuser may: migrate as one, or remove 'userTriggers'."));
	}

}
