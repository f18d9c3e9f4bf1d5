package dev.concertina.change;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The key under which the value of a record component is written.
 *
 * @param name the key
 * @param type the type of the component
 * @param nullable whether it may be absent because the component may be {@code null}
 */
record RecordKey(String name, Type type, boolean nullable) {

	static List<RecordKey> of(Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).map(RecordKey::of).toList();
	}

	private static RecordKey of(RecordComponent component) {
		Key key = component.getAnnotation(Key.class);
		return new RecordKey((key != null) ? key.value() : component.getName(), component.getGenericType(),
				component.getAnnotatedType().isAnnotationPresent(Nullable.class));
	}

	boolean isRequired() {
		return !this.nullable && absent() == null;
	}

	/**
	 * Return the value of the component if the key is not there.
	 */
	@Nullable Object absent() {
		if (this.nullable) {
			return null;
		}
		if (this.type == boolean.class) {
			return false;
		}
		return (this.type instanceof ParameterizedType generic && generic.getRawType() == List.class) ? List.of()
				: null;
	}

}
