@NullMarked
package dev.concertina.sample.terminal;

import org.jspecify.annotations.NullMarked;
