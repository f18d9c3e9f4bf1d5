@NullMarked
package dev.concertina.fleet;

import org.jspecify.annotations.NullMarked;
