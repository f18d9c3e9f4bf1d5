/**
 * Changes as they are written, right and wrong.
 */
@NullMarked
package dev.concertina.change;

import org.jspecify.annotations.NullMarked;
