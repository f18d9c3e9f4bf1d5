/**
 * The shop: its orders, and how the old and the new version of the code keep them.
 */
@NullMarked
package dev.concertina.sample.shop;

import org.jspecify.annotations.NullMarked;
