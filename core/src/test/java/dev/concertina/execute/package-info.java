@NullMarked
package dev.concertina.execute;

import org.jspecify.annotations.NullMarked;
