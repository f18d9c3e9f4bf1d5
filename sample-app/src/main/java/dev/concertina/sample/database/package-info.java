/**
 * Where the shop keeps its data: a PostgreSQL server of its own, or one that is given.
 */
@NullMarked
package dev.concertina.sample.database;

import org.jspecify.annotations.NullMarked;
