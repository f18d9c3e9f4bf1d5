package dev.concertina.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a {@link TestDatabase} and {@link ChildJvms} as parameters.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(PostgresExtension.class)
public @interface PostgresTest {

	/**
	 * Whether each method or the whole class gets a database of its own.
	 */
	DatabaseScope database() default DatabaseScope.PER_METHOD;

	/**
	 * Settings of the database, for example {@code deadlock_timeout=100ms}.
	 */
	String[] settings() default {};

}
