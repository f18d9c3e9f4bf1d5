@NullMarked
package dev.concertina.schema;

import org.jspecify.annotations.NullMarked;
