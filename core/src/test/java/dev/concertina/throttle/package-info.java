@NullMarked
package dev.concertina.throttle;

import org.jspecify.annotations.NullMarked;
