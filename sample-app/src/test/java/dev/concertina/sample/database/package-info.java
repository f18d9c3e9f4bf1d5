@NullMarked
package dev.concertina.sample.database;

import org.jspecify.annotations.NullMarked;
