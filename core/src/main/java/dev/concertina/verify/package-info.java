/**
 * The proof that both structures are equal.
 */
@NullMarked
package dev.concertina.verify;

import org.jspecify.annotations.NullMarked;
