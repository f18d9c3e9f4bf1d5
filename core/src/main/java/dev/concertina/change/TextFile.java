package dev.concertina.change;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The key in YAML that names a file beside it with the text of a component, instead of
 * the text itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface TextFile {

	/**
	 * Return the key.
	 * @return the key in YAML
	 */
	String value();

}
