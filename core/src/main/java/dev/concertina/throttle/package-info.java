/**
 * What may slow or hold a backfill, always with a reason.
 */
@NullMarked
package dev.concertina.throttle;

import org.jspecify.annotations.NullMarked;
