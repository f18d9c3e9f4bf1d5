/**
 * What a plan is made of.
 */
@NullMarked
package dev.concertina.plan;

import org.jspecify.annotations.NullMarked;
