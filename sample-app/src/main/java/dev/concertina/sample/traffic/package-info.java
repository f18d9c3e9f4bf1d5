/**
 * The load: customers of both versions, and the books that prove that nothing is lost.
 */
@NullMarked
package dev.concertina.sample.traffic;

import org.jspecify.annotations.NullMarked;
