/**
 * Runs the phases of a plan, one step after the other.
 */
@NullMarked
package dev.concertina.execute;

import org.jspecify.annotations.NullMarked;
