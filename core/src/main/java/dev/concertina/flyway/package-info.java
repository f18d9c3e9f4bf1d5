/**
 * The bridge to Flyway: phases as Java migrations.
 */
@NullMarked
package dev.concertina.flyway;

import org.jspecify.annotations.NullMarked;
