/**
 * Changes in Spring Boot's Actuator.
 */
@NullMarked
package dev.concertina.actuate;

import org.jspecify.annotations.NullMarked;
