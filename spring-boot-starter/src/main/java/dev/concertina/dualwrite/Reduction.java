package dev.concertina.dualwrite;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Makes a value that is equal to that of another result if they differ in nothing that
 * counts.
 */
final class Reduction {

	/** By its name: an application may not have it. */
	private static final String SLICE = "org.springframework.data.domain.Slice";

	private final boolean ordered;

	private final Set<String> ignored;

	/** What is being reduced: an object may refer back to what holds it. */
	private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

	Reduction(boolean ordered, Set<String> ignored) {
		this.ordered = ordered;
		this.ignored = ignored;
	}

	@Nullable Object of(@Nullable Object value) {
		if (value == null || value instanceof CharSequence || value instanceof Number) {
			return value;
		}
		if (!this.open.add(value)) {
			return "what holds it";
		}
		try {
			return reduced(value);
		}
		finally {
			this.open.remove(value);
		}
	}

	private Object reduced(Object value) {
		if (value instanceof Optional<?> optional) {
			return elements(optional.stream().toList(), true);
		}
		if (value.getClass().isArray()) {
			return elements(Arrays.asList(ObjectUtils.toObjectArray(value)), true);
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> entries = new HashMap<>();
			map.forEach((key, entry) -> entries.put(key, of(entry)));
			return entries;
		}
		if (value instanceof Collection<?> elements) {
			return elements(elements, !(value instanceof Set));
		}
		if (value instanceof Iterable<?> elements && isNothingElse(value)) {
			return elements(StreamSupport.stream(elements.spliterator(), false).toList(), true);
		}
		boolean inside = !this.ignored.isEmpty() || (!this.ordered && isSlice(value));
		return (inside && !isPlain(value)) ? fields(value) : value;
	}

	/**
	 * What has an equals of its own, such as a node of a tree or a path, is more than its
	 * elements; and a lambda may give them once only.
	 */
	private static boolean isNothingElse(Object value) {
		@Nullable Method equals = ReflectionUtils.findMethod(value.getClass(), "equals", Object.class);
		return equals != null && equals.getDeclaringClass() == Object.class && !value.getClass().isHidden();
	}

	private static boolean isSlice(Object value) {
		return ClassUtils.getAllInterfacesAsSet(value).stream().anyMatch((type) -> type.getName().equals(SLICE));
	}

	private Object elements(Collection<?> elements, boolean list) {
		List<@Nullable Object> reduced = new ArrayList<>();
		elements.forEach((element) -> reduced.add(of(element)));
		if (list && this.ordered) {
			return reduced;
		}
		Map<@Nullable Object, Integer> counted = new HashMap<>();
		reduced.forEach((element) -> counted.merge(element, 1, Integer::sum));
		return counted;
	}

	private static boolean isPlain(Object value) {
		return value instanceof Enum || value.getClass().getModule() == Object.class.getModule()
				|| value.getClass().getName().startsWith("java.");
	}

	private Map<String, @Nullable Object> fields(Object value) {
		Map<String, @Nullable Object> fields = new HashMap<>();
		ReflectionUtils.doWithFields(value.getClass(), (field) -> fields.put(field.getName(), read(field, value)),
				(field) -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()
						&& !this.ignored.contains(field.getName()));
		return fields;
	}

	private @Nullable Object read(Field field, Object value) {
		ReflectionUtils.makeAccessible(field);
		return of(ReflectionUtils.getField(field, value));
	}

}
