/**
 * What holds for all packages.
 */
@NullMarked
package dev.concertina;

import org.jspecify.annotations.NullMarked;
