/**
 * Changes as Micrometer's meters.
 */
@NullMarked
package dev.concertina.metrics;

import org.jspecify.annotations.NullMarked;
