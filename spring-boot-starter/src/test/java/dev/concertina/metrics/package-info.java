@NullMarked
package dev.concertina.metrics;

import org.jspecify.annotations.NullMarked;
