/**
 * The promise of the protocol under concurrency: both structures are equal, whoever
 * writes when, and whatever is killed.
 */
@NullMarked
package dev.concertina.protocol;

import org.jspecify.annotations.NullMarked;
