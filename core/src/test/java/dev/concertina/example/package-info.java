/**
 * An operation as a user writes his own, of public types only.
 */
@NullMarked
package dev.concertina.example;

import org.jspecify.annotations.NullMarked;
