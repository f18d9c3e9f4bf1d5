/**
 * A Prometheus that looks at an application, and what it is asked there.
 */
@NullMarked
package dev.concertina.prometheus;

import org.jspecify.annotations.NullMarked;
