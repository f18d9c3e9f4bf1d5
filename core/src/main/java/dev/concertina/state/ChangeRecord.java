package dev.concertina.state;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;
import dev.concertina.change.ContractPolicy;
import dev.concertina.plan.Fingerprint;
import dev.concertina.plan.Plan;

/**
 * What is remembered about a change.
 *
 * @param id its id
 * @param version its version
 * @param fingerprint the fingerprint of its definition when it was expanded
 * @param contract who lets it drop the old structure
 * @param plan what it was compiled to
 * @param state where it is
 * @param reason why it is there, where a person should know
 * @param dropped whether something is gone that nothing brings back, or no longer written
 * by an application that has kept both structures
 * @param readShare the percentage of reads that go to the new structure
 * @param readShareSince since when they do
 * @param approvedBy who has approved the contract
 * @param retiredAt when the old structure was taken out of sight
 * @param missedAt when a statement has last failed as what it names is out of sight
 * @param soaked whether it has been so for long enough, or somebody has said so
 * @param since since when it is in its state
 */
public record ChangeRecord(ChangeId id, String version, Fingerprint fingerprint, ContractPolicy contract, Plan plan,
		State state, @Nullable String reason, boolean dropped, int readShare, Instant readShareSince,
		@Nullable String approvedBy, @Nullable Instant retiredAt, @Nullable Instant missedAt, boolean soaked,
		Instant since) {

	/**
	 * Return where the change goes on after a person has removed a cause in its contract:
	 * before the gate, unless a part is gone already. While not all of the old structure
	 * has been out of sight for long enough, some of it may still be in sight.
	 * @return the status in which nothing is compared that is out of sight, or gone
	 */
	public Status resumed() {
		if (isInSight()) {
			return Status.RUNNING;
		}
		return (isOutOfSight() && this.soaked) ? Status.RETIRED : Status.CONTRACTING;
	}

	/**
	 * Return whether a part of the old structure was taken out of sight at least, and all
	 * of it can be brought back.
	 * @return {@code true} until something is dropped
	 */
	public boolean isOutOfSight() {
		return this.retiredAt != null && !this.dropped;
	}

	/**
	 * Return whether the old structure is there, under its names.
	 * @return {@code true} until something is retired or dropped
	 */
	public boolean isInSight() {
		return this.retiredAt == null && !this.dropped;
	}

	/**
	 * Return whether the contract may go as far as people are concerned.
	 * @return {@code true} if nobody needs to be asked, or somebody has said yes
	 */
	public boolean isApproved() {
		return this.contract == ContractPolicy.AUTOMATIC || this.approvedBy != null;
	}

}
