package dev.concertina.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A test of the changes of an application. It migrates an empty PostgreSQL, which
 * {@code spring.datasource.*} or a service connection names, with everything approved,
 * and has {@link RehearsedChanges} to ask. It is a {@link JdbcTest} without its
 * transaction.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@TestPropertySource(properties = { "concertina.approved=*", "concertina.backfill.enabled=false",
		"concertina.contract.soak=0s", "concertina.fleet.enabled=false" })
@Import(RehearsedChanges.class)
public @interface ConcertinaTest {

	/**
	 * Return properties of the test.
	 * @return each as {@code key=value}
	 */
	@AliasFor(annotation = JdbcTest.class, attribute = "properties")
	String[] properties() default {};

}
