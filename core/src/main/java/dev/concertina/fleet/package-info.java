/**
 * The instances of the application that run at the moment, whatever their versions.
 */
@NullMarked
package dev.concertina.fleet;

import org.jspecify.annotations.NullMarked;
