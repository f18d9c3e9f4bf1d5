/**
 * What the integration tests stand on: a real server, fresh databases, scripted sessions,
 * dumps and child JVMs.
 */
@NullMarked
package dev.concertina.testing;

import org.jspecify.annotations.NullMarked;
