/**
 * Dual writes on repositories of Spring Data JDBC.
 */
@NullMarked
package dev.concertina.dualwrite.datajdbc;

import org.jspecify.annotations.NullMarked;
