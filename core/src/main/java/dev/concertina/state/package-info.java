/**
 * What is remembered about a running change, in PostgreSQL.
 */
@NullMarked
package dev.concertina.state;

import org.jspecify.annotations.NullMarked;
