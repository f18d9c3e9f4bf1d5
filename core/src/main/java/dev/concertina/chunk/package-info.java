/**
 * Ranges of a table, and how any number of workers share them.
 */
@NullMarked
package dev.concertina.chunk;

import org.jspecify.annotations.NullMarked;
