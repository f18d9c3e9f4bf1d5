@NullMarked
package dev.concertina.autoconfigure;

import org.jspecify.annotations.NullMarked;
