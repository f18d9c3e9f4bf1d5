package dev.concertina.actuate;

import java.util.List;

import dev.concertina.state.LogEntry;
import dev.concertina.state.Mismatch;

/**
 * One change with all that is known about it.
 *
 * @param change where it is
 * @param mismatches rows that the last comparison has found unequal, some of them
 * @param history who moved it, when, from where, to where and why; oldest first
 */
public record ChangeDetails(ChangeDescriptor change, List<Mismatch> mismatches, List<LogEntry> history) {

}
