@NullMarked
package dev.concertina.event;

import org.jspecify.annotations.NullMarked;
