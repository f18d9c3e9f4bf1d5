/**
 * The narrow waist: phases, steps and the fingerprint of a compiled change. Pure data.
 */
@NullMarked
package dev.concertina.plan;

import org.jspecify.annotations.NullMarked;
