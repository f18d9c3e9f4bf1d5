/**
 * What is to be seen while it runs: one line a second.
 */
@NullMarked
package dev.concertina.sample.terminal;

import org.jspecify.annotations.NullMarked;
