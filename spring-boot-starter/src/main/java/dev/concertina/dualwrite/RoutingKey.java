package dev.concertina.dualwrite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter whose value decides by which structure a read is answered, instead
 * of the first one. Equal texts, as {@code toString()} makes them, stay on one side, on
 * all instances. A key is named when shadow reads differ.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RoutingKey {

}
