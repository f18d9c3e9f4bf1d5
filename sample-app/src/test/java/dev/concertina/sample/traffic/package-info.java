@NullMarked
package dev.concertina.sample.traffic;

import org.jspecify.annotations.NullMarked;
