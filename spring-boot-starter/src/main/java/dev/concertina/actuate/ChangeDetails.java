package dev.concertina.actuate;

import java.util.List;

import dev.concertina.state.LogEntry;
import dev.concertina.state.Mismatch;
import dev.concertina.state.PoisonRow;

/**
 * One change with all that is known about it.
 *
 * @param change where it is
 * @param mismatches rows that the last comparison has found unequal, some of them
 * @param poisonRows rows that could not be copied, some of them
 * @param history who moved it, when, from where, to where and why; oldest first
 */
public record ChangeDetails(ChangeDescriptor change, List<Mismatch> mismatches, List<PoisonRow> poisonRows,
		List<LogEntry> history) {

}
