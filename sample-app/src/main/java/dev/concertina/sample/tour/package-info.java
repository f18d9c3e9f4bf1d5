/**
 * The director: who leads the change from its first phase to its last, and tells how it
 * went.
 */
@NullMarked
package dev.concertina.sample.tour;

import org.jspecify.annotations.NullMarked;
