package dev.concertina.change;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * Values that are written as text: strings, numbers, enum constants, and every type with
 * a static {@code of(String)}.
 */
final class TextValue {

	private TextValue() {
	}

	/**
	 * Return whether values of a type are written as text. An operation never is, also if
	 * it has one key only.
	 */
	static boolean isWrittenAsText(Class<?> type) {
		return !type.isRecord() || (!Operation.class.isAssignableFrom(type) && factory(type).isPresent());
	}

	/**
	 * Return the value that a text stands for.
	 */
	static Object of(Class<?> type, String text) {
		if (type == String.class) {
			return text;
		}
		if (type == boolean.class || type == Boolean.class) {
			return bool(text);
		}
		if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
			return number(type, text);
		}
		if (type.isEnum()) {
			return constant(type, text);
		}
		Method factory = factory(type)
			.orElseThrow(() -> new IllegalStateException("%s has no static of(String)".formatted(type)));
		return Reflective.call(() -> factory.invoke(null, text));
	}

	private static boolean bool(String text) {
		if (!text.equals("true") && !text.equals("false")) {
			throw new InvalidDefinitionException("'%s' is neither true nor false".formatted(text),
					"Write true or false.");
		}
		return text.equals("true");
	}

	private static Object number(Class<?> type, String text) {
		try {
			return (type == int.class || type == Integer.class) ? (Object) Integer.valueOf(text) : Long.valueOf(text);
		}
		catch (NumberFormatException ex) {
			throw new InvalidDefinitionException("'%s' is no whole number, or too large".formatted(text),
					"Write digits only.");
		}
	}

	private static Object constant(Class<?> type, String text) {
		List<Enum<?>> constants = Arrays.stream(type.getEnumConstants()).<Enum<?>>map(Enum.class::cast).toList();
		return constants.stream()
			.filter((constant) -> Nearest.plain(constant.name()).equals(Nearest.plain(text)))
			.findFirst()
			.orElseThrow(() -> new InvalidDefinitionException("'%s' is not known here".formatted(text), "Use one of %s."
				.formatted(String.join(", ", constants.stream().map(TextValue::written).toList()))));
	}

	/**
	 * Return a constant as it is written.
	 */
	static String written(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static Optional<Method> factory(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> method.getName().equals("of") && Modifier.isStatic(method.getModifiers())
					&& type.isAssignableFrom(method.getReturnType())
					&& Arrays.equals(method.getParameterTypes(), new Class<?>[] { String.class }))
			.peek((method) -> method.setAccessible(true))
			.findFirst();
	}

}
