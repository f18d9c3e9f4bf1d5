package dev.concertina.change;

import java.lang.reflect.InvocationTargetException;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.InvalidDefinitionException;

/**
 * Code of a record or a value that is called by reflection.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
interface Reflective<T> {

	/**
	 * Make it.
	 */
	T make() throws ReflectiveOperationException;

	/**
	 * Make it, and throw its objection as if it had been called directly.
	 */
	static <T> T call(Reflective<T> code) {
		try {
			return code.make();
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof ConcertinaException objection) {
				throw objection;
			}
			if (cause instanceof IllegalArgumentException objection) {
				throw new InvalidDefinitionException(String.valueOf(objection.getMessage()),
						"Write a value that is allowed here.");
			}
			throw new IllegalStateException(cause);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
