/**
 * Dual writes, on repositories of each kind.
 */
@NullMarked
package dev.concertina.dualwrite;

import org.jspecify.annotations.NullMarked;
