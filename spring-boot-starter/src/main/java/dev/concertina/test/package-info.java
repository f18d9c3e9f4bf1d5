/**
 * Lets a test run all changes of an application on a fresh database.
 */
@NullMarked
package dev.concertina.test;

import org.jspecify.annotations.NullMarked;
