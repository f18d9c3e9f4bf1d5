/**
 * The gate before the old structure is dropped.
 */
@NullMarked
package dev.concertina.contract;

import org.jspecify.annotations.NullMarked;
