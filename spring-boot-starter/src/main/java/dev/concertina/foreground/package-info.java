/**
 * Signals that the application itself gives: what its users and its threads wait for.
 */
@NullMarked
package dev.concertina.foreground;

import org.jspecify.annotations.NullMarked;
