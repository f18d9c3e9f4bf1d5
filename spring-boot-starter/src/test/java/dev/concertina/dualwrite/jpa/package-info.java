/**
 * Dual writes on repositories of Spring Data JPA.
 */
@NullMarked
package dev.concertina.dualwrite.jpa;

import org.jspecify.annotations.NullMarked;
