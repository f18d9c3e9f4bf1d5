package dev.concertina.dualwrite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the bean that reads and writes the new structure of a change. It implements an
 * interface with {@link DualWrite @DualWrite}. On a class, an interface that Spring Data
 * implements, or a {@code @Bean} method.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface NewStructure {

	/**
	 * Return the id of the change.
	 * @return the id
	 */
	String value();

}
