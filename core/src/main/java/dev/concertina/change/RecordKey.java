package dev.concertina.change;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The key under which the value of a record component is written.
 *
 * @param name the key
 * @param type the type of the component
 * @param nullable whether it may be absent because the component may be {@code null}
 * @param atLeastOne whether it is a list that may not be absent
 * @param file the key that names a file with the text instead, {@code null} if there is
 * none
 */
record RecordKey(String name, Type type, boolean nullable, boolean atLeastOne, @Nullable String file) {

	static List<RecordKey> of(Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).map(RecordKey::of).toList();
	}

	private static RecordKey of(RecordComponent component) {
		Key key = component.getAnnotation(Key.class);
		TextFile file = component.getAnnotation(TextFile.class);
		return new RecordKey((key != null) ? key.value() : component.getName(), component.getGenericType(),
				component.getAnnotatedType().isAnnotationPresent(Nullable.class),
				component.isAnnotationPresent(AtLeastOne.class), (file != null) ? file.value() : null);
	}

	/**
	 * Return the keys under which it may be written.
	 */
	Stream<String> names() {
		return Stream.concat(Stream.of(this.name), Stream.ofNullable(this.file));
	}

	boolean isRequired() {
		return this.atLeastOne || (!this.nullable && absent() == null);
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
