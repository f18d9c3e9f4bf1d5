/**
 * What can be seen of changes from one look to the next.
 */
@NullMarked
package dev.concertina.watch;

import org.jspecify.annotations.NullMarked;
