/**
 * What a team writes: the change, its operations, and the way from a file to a plan.
 */
@NullMarked
package dev.concertina.change;

import org.jspecify.annotations.NullMarked;
