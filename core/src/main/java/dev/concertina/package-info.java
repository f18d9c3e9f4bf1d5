/**
 * The way in: a change is registered, run, watched and steered through
 * {@link dev.concertina.Concertina}.
 */
@NullMarked
package dev.concertina;

import org.jspecify.annotations.NullMarked;
