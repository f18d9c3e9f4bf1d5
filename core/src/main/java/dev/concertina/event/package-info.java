/**
 * What happened, told to whoever listens.
 */
@NullMarked
package dev.concertina.event;

import org.jspecify.annotations.NullMarked;
