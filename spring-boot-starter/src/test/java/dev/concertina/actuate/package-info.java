@NullMarked
package dev.concertina.actuate;

import org.jspecify.annotations.NullMarked;
