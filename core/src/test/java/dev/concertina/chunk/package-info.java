/**
 * Tests of ranges and workers.
 */
@NullMarked
package dev.concertina.chunk;

import org.jspecify.annotations.NullMarked;
