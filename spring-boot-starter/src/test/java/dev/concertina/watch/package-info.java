@NullMarked
package dev.concertina.watch;

import org.jspecify.annotations.NullMarked;
