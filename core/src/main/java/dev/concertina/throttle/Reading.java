package dev.concertina.throttle;

/**
 * What a signal said last.
 *
 * @param signal its name
 * @param advice whether to go on
 * @param reason what was measured, and the limit; of an unknown one, why it is unknown
 */
public record Reading(String signal, Advice.Kind advice, String reason) {

}
