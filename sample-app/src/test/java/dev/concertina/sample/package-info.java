@NullMarked
package dev.concertina.sample;

import org.jspecify.annotations.NullMarked;
