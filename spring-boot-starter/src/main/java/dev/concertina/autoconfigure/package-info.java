/**
 * Runs changes when a Spring Boot application starts, and goes on in the background.
 */
@NullMarked
package dev.concertina.autoconfigure;

import org.jspecify.annotations.NullMarked;
