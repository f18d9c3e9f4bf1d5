package dev.concertina;

import java.util.List;
import java.util.Optional;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.ChunkStore;
import dev.concertina.chunk.Progress;
import dev.concertina.contract.Gate;
import dev.concertina.contract.Objection;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;
import dev.concertina.throttle.Brakes;

/**
 * Reads where changes are, and asks what they wait for.
 *
 * @param database the database
 * @param gate what knows what objects
 * @param brakes what knows what holds them
 */
record ChangeStatuses(Database database, Gate gate, Brakes brakes) {

	List<ChangeStatus> all() {
		return store().all().stream().map(this::status).toList();
	}

	Optional<ChangeStatus> find(ChangeId id) {
		return store().find(id).map(this::status);
	}

	private StateStore store() {
		return StateStore.jdbc(this.database.jdbc());
	}

	private ChangeStatus status(ChangeRecord change) {
		List<Objection> objections = change.state().status().isFinal() ? List.of() : this.gate.objections(change);
		StateStore store = store();
		return ChangeStatus.of(change, store.tuning(change.id()), progress(change.id(), Phase.BACKFILL),
				store.countPoisonRows(change.id()), progress(change.id(), Phase.VERIFY), store.verdict(change.id()),
				objections, this.brakes.throttling(change.id()));
	}

	private Progress progress(ChangeId change, Phase phase) {
		return progress(this.database, change, phase);
	}

	static Progress progress(Database database, ChangeId change, Phase phase) {
		return new ChunkStore(database.jdbc()).progress(change, phase);
	}

}
