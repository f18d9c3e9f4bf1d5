@NullMarked
package dev.concertina.backfill;

import org.jspecify.annotations.NullMarked;
