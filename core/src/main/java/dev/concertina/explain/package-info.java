/**
 * Plans as people and programs read them before they are run: SQL, Markdown and JSON.
 */
@NullMarked
package dev.concertina.explain;

import org.jspecify.annotations.NullMarked;
