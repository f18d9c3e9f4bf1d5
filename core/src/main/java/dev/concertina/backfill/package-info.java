/**
 * The copy of existing rows.
 */
@NullMarked
package dev.concertina.backfill;

import org.jspecify.annotations.NullMarked;
