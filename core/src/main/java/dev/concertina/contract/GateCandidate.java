package dev.concertina.contract;

import java.time.Instant;
import java.util.Optional;

import dev.concertina.state.ChangeRecord;
import dev.concertina.state.Verdict;

/**
 * A change that wants to drop the old structure, and what is known about it.
 *
 * @param change what is remembered of the change
 * @param verdict the last comparison of both structures
 * @param now the time of the database
 */
public record GateCandidate(ChangeRecord change, Optional<Verdict> verdict, Instant now) {

}
