/**
 * One intention a file: each operation compiles itself to steps.
 */
@NullMarked
package dev.concertina.operation;

import org.jspecify.annotations.NullMarked;
