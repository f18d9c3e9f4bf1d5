/**
 * What the documentation shows of the code is made by the code, and compared with it.
 */
@NullMarked
package dev.concertina.docs;

import org.jspecify.annotations.NullMarked;
