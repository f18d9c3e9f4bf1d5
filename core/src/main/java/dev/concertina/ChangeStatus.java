package dev.concertina;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.chunk.Progress;
import dev.concertina.contract.Objection;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.Tuning;
import dev.concertina.state.Verdict;
import dev.concertina.throttle.Throttling;

/**
 * Where a change is, for people.
 *
 * @param id its id
 * @param version its version
 * @param state its phase, and how it stands in it
 * @param reason why it is there, where a person should know
 * @param since since when
 * @param readShare the percentage of reads that go to the new structure
 * @param approvedBy who has approved the contract
 * @param tuning how it is copied and compared, where that differs from what the instances
 * are configured with
 * @param backfill how far the copy is
 * @param poisonRows how many rows could not be copied
 * @param verify how far the comparison is
 * @param verdict what the last comparison has found
 * @param objections what keeps the change from dropping the old structure
 * @param throttling what keeps this instance from working on it at full speed
 */
public record ChangeStatus(String id, String version, State state, @Nullable String reason, Instant since,
		int readShare, @Nullable String approvedBy, Tuning tuning, Progress backfill, long poisonRows, Progress verify,
		Optional<Verdict> verdict, List<Objection> objections, Throttling throttling) {

	public ChangeStatus {
		objections = List.copyOf(objections);
	}

	static ChangeStatus of(ChangeRecord change, Tuning tuning, Progress backfill, long poisonRows, Progress verify,
			Optional<Verdict> verdict, List<Objection> objections, Throttling throttling) {
		return new ChangeStatus(change.id().value(), change.version(), change.state(), change.reason(), change.since(),
				change.readShare(), change.approvedBy(), tuning, backfill, poisonRows, verify, verdict, objections,
				throttling);
	}

}
