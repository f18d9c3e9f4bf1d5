/**
 * Measures the engine against a one-shot UPDATE and a Spring Batch job.
 */
@NullMarked
package dev.concertina.benchmark;

import org.jspecify.annotations.NullMarked;
