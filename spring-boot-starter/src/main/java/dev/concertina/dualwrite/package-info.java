/**
 * Dual writes and the switch of reads, for code that knows the old and the new structure.
 */
@NullMarked
package dev.concertina.dualwrite;

import org.jspecify.annotations.NullMarked;
