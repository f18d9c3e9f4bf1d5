/**
 * Names, types and the snapshot of the catalog that a change is compiled against.
 */
@NullMarked
package dev.concertina.schema;

import org.jspecify.annotations.NullMarked;
