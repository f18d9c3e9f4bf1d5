/**
 * A page that shows changes and steers them, on what the Actuator endpoint tells.
 */
@NullMarked
package dev.concertina.console;

import org.jspecify.annotations.NullMarked;
