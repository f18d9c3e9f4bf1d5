package dev.concertina.dualwrite;

import dev.concertina.change.ChangeId;

/**
 * Two structures have given different answers to a read. Published as an event of the
 * application, once in {@code concertina.dual-write.report-interval} for each change.
 *
 * @param change the change
 * @param method the method, such as {@code Orders.findById(long)}
 * @param key what was asked for, such as {@code key 42}; a text that nobody has marked as
 * a key is not told
 * @param unreported how many differences there were since the last report
 */
public record ShadowMismatch(ChangeId change, String method, String key, long unreported) {

}
