@NullMarked
package dev.concertina.console;

import org.jspecify.annotations.NullMarked;
