/**
 * A program that runs one change after the other on several instances, with writers of
 * both versions, while everything around them breaks.
 */
@NullMarked
package dev.concertina.soak;

import org.jspecify.annotations.NullMarked;
