/**
 * The proof that an operation keeps its promises: on a real server, with crashes at any
 * commit, with both versions of an application writing, forwards and backwards.
 */
@NullMarked
package dev.concertina.testing.proof;

import org.jspecify.annotations.NullMarked;
