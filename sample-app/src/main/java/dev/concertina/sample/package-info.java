/**
 * A shop under load whose JSON column becomes a table.
 */
@NullMarked
package dev.concertina.sample;

import org.jspecify.annotations.NullMarked;
