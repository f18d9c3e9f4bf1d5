@NullMarked
package dev.concertina.sample.tour;

import org.jspecify.annotations.NullMarked;
