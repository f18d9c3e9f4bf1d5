@NullMarked
package dev.concertina.throttle.signal;

import org.jspecify.annotations.NullMarked;
