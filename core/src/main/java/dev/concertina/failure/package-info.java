/**
 * What goes wrong, told as a problem and an action.
 */
@NullMarked
package dev.concertina.failure;

import org.jspecify.annotations.NullMarked;
