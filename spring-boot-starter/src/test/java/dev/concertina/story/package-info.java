/**
 * Applications that use the starter, from their start to the end of a change.
 */
@NullMarked
package dev.concertina.story;

import org.jspecify.annotations.NullMarked;
