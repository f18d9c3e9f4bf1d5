/**
 * The versions of the shop that run side by side.
 */
@NullMarked
package dev.concertina.sample.fleet;

import org.jspecify.annotations.NullMarked;
