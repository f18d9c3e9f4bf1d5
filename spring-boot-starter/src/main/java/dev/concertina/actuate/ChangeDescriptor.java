package dev.concertina.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.ChangeStatus;
import dev.concertina.chunk.Progress;
import dev.concertina.contract.Objection;
import dev.concertina.plan.Phase;
import dev.concertina.state.Status;
import dev.concertina.state.Tuning;
import dev.concertina.state.Verdict;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.Reading;
import dev.concertina.watch.ObservedChange;

/**
 * A change as the endpoint tells of it.
 *
 * @param id its id
 * @param version its version
 * @param phase its phase
 * @param status how it stands in the phase
 * @param reason why, where a person should know
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
 * @param pause why the workers of this instance wait before each batch; nothing while
 * they don't
 * @param signals what each signal said last, while this instance works on the change
 */
public record ChangeDescriptor(String id, String version, Phase phase, Status status, @Nullable String reason,
		Instant since, int readShare, @Nullable String approvedBy, Tuning tuning, ProgressDescriptor backfill,
		long poisonRows, ProgressDescriptor verify, @Nullable VerdictDescriptor verdict, List<Objection> objections,
		@Nullable String pause, List<Reading> signals) {

	static ChangeDescriptor of(ObservedChange change) {
		ChangeStatus status = change.status();
		Pace pace = status.throttling().pace();
		return new ChangeDescriptor(status.id(), status.version(), status.state().phase(), status.state().status(),
				status.reason(), status.since(), status.readShare(), status.approvedBy(), status.tuning(),
				ProgressDescriptor.of(change, Phase.BACKFILL), status.poisonRows(),
				ProgressDescriptor.of(change, Phase.VERIFY), status.verdict().map(VerdictDescriptor::of).orElse(null),
				status.objections(), pace.holds() ? pace.reason() : null, status.throttling().readings());
	}

	/**
	 * How far a phase is.
	 *
	 * @param fraction how much is done, from 0 to 1
	 * @param units how many blocks there are to go over, or rows where it is not by
	 * blocks
	 * @param unitsDone how many of them are done
	 * @param rows how many rows were copied or compared
	 * @param batches how many batches it took
	 * @param rowsPerSecond how fast the phase moves on, while it does
	 * @param secondsLeft how long it still takes, where that can be told
	 */
	public record ProgressDescriptor(double fraction, long units, long unitsDone, long rows, long batches,
			@Nullable Double rowsPerSecond, @Nullable Long secondsLeft) {

		static ProgressDescriptor of(ObservedChange change, Phase phase) {
			Progress progress = change.progress(phase);
			return new ProgressDescriptor(change.fraction(phase), progress.units(), progress.unitsDone(),
					progress.rows(), progress.batches(),
					change.isRunning(phase) ? change.speed().rowsPerSecond() : null,
					change.left(phase).map(Duration::toSeconds).orElse(null));
		}

	}

	/**
	 * What a comparison has found.
	 *
	 * @param at when it was finished
	 * @param rows how many rows were compared
	 * @param missing how many rows the new structure lacks
	 * @param different how many rows differ
	 * @param extra how many rows the new structure has too many
	 * @param clean whether both structures were equal
	 */
	public record VerdictDescriptor(Instant at, long rows, long missing, long different, long extra, boolean clean) {

		static VerdictDescriptor of(Verdict verdict) {
			return new VerdictDescriptor(verdict.at(), verdict.rows(), verdict.missing(), verdict.different(),
					verdict.extra(), verdict.holds());
		}

	}

}
