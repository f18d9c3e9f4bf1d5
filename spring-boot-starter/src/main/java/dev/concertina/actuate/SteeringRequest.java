package dev.concertina.actuate;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;
import dev.concertina.state.Tuning;

/**
 * What somebody asks of a change.
 *
 * @param id the change
 * @param actor who asks
 * @param reason why
 * @param tuning how it shall be copied and compared
 * @param readShare the percentage of reads that shall go to the new structure
 */
record SteeringRequest(ChangeId id, String actor, String reason, Tuning tuning, @Nullable Integer readShare) {

}
