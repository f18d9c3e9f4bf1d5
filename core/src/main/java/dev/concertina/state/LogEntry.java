package dev.concertina.state;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a change.
 *
 * @param at when it happened, by the clock of the database
 * @param actor who did it
 * @param from the state before
 * @param to the state after
 * @param reason why, where it was told
 */
public record LogEntry(Instant at, String actor, String from, String to, @Nullable String reason) {

}
