@NullMarked
package dev.concertina.explain;

import org.jspecify.annotations.NullMarked;
