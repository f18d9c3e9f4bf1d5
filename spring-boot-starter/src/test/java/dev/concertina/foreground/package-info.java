@NullMarked
package dev.concertina.foreground;

import org.jspecify.annotations.NullMarked;
