/**
 * The signals that PostgreSQL and the clock give.
 */
@NullMarked
package dev.concertina.throttle.signal;

import org.jspecify.annotations.NullMarked;
