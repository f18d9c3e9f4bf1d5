package dev.concertina.dualwrite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface that has two implementations, one for each structure of a change:
 * {@link OldStructure @OldStructure} and {@link NewStructure @NewStructure}. Who injects
 * the interface gets a router, which sends each call to the one or the other, or to both,
 * as the change stands.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface DualWrite {

	/**
	 * Return the id of the change.
	 * @return the id
	 */
	String value();

	/**
	 * Return what stays on one side while reads move over.
	 * @return a key, if nothing else is said
	 */
	Sticky sticky() default Sticky.KEY;

	/**
	 * Return how shadow reads are compared.
	 * @return the name of a {@link ResultComparator} bean; empty for the only one, or
	 * else for equality
	 */
	String comparator() default "";

	/**
	 * Return in whose transactions both sides are written.
	 * @return the name of a {@code PlatformTransactionManager} bean; empty for the only
	 * or primary one
	 */
	String transactionManager() default "";

}
