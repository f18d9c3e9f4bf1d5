/**
 * The orders that the shop has before anything changes.
 */
@NullMarked
package dev.concertina.sample.seed;

import org.jspecify.annotations.NullMarked;
