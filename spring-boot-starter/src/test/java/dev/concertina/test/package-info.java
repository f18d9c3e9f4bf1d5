@NullMarked
package dev.concertina.test;

import org.jspecify.annotations.NullMarked;
