/**
 * Sessions of the database: transactions, their settings, and who stands in their way.
 */
@NullMarked
package dev.concertina.jdbc;

import org.jspecify.annotations.NullMarked;
