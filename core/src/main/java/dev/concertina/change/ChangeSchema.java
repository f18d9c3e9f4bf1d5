package dev.concertina.change;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.concertina.plan.CanonicalJson;

/**
 * The JSON Schema of the files that changes are written in, by which an editor completes
 * keys and marks what is wrong.
 *
 * <p>
 * What it takes, {@link ChangeReader} reads, as far as a schema can tell: names, types
 * and expressions are up to the database.
 */
public final class ChangeSchema {

	/** The version that editors know best. */
	private static final String DIALECT = "http://json-schema.org/draft-07/schema#";

	/** As it is written: a number is text, too. */
	private static final List<String> TEXT = List.of("string", "number", "boolean");

	private final OperationCatalog catalog;

	private final Function<AnnotatedElement, Optional<String>> descriptions;

	private ChangeSchema(OperationCatalog catalog, Function<AnnotatedElement, Optional<String>> descriptions) {
		this.catalog = catalog;
		this.descriptions = descriptions;
	}

	/**
	 * Return the schema of files that name operations of a catalog.
	 * @param catalog the operations
	 * @return the schema
	 */
	public static ChangeSchema of(OperationCatalog catalog) {
		return new ChangeSchema(catalog, (element) -> Optional.empty());
	}

	/**
	 * Return the schema with descriptions, which editors show.
	 * @param value what tells of a record, or of a component of one
	 * @return the schema
	 */
	public ChangeSchema describedBy(Function<AnnotatedElement, Optional<String>> value) {
		return new ChangeSchema(this.catalog, value);
	}

	/**
	 * Return the schema as JSON.
	 * @return the text of a file
	 */
	public String json() {
		Map<String, Object> schema = new TreeMap<>(mapping(ChangeReader.Content.class));
		schema.put("$schema", DIALECT);
		schema.put("title", "A change of Concertina");
		return CanonicalJson.pretty(schema);
	}

	private Map<String, Object> value(RecordKey key) {
		Map<String, Object> value = new TreeMap<>(value(key.type()));
		if (key.atLeastOne()) {
			value.put("minItems", 1);
		}
		return value;
	}

	private Map<String, Object> value(Type type) {
		if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
			return Map.of("type", "array", "items", value(generic.getActualTypeArguments()[0]));
		}
		if (type == OperationList.class) {
			return Map.of("type", "array", "minItems", 1, "items", operation());
		}
		Class<?> plain = (Class<?>) type;
		return TextValue.isWrittenAsText(plain) ? text(plain) : mapping(plain);
	}

	private Map<String, Object> operation() {
		Map<String, Object> names = new TreeMap<>();
		this.catalog.types().forEach((name, type) -> names.put(name, mapping(type)));
		return Map.of("type", "object", "properties", names, "additionalProperties", false, "minProperties", 1,
				"maxProperties", 1);
	}

	private Map<String, Object> mapping(Class<?> type) {
		Map<String, Object> properties = new TreeMap<>();
		List<String> required = new ArrayList<>();
		List<RecordKey> keys = RecordKey.of(type);
		for (int number = 0; number < keys.size(); number++) {
			RecordKey key = keys.get(number);
			Map<String, Object> value = described(type.getRecordComponents()[number], value(key));
			properties.put(key.name(), key.isRequired() ? value : orNull(value));
			if (key.file() != null) {
				properties.put(key.file(), Map.of("type", TEXT, "description",
						"the file beside this one that holds what '%s' would".formatted(key.name())));
			}
			else if (key.isRequired()) {
				required.add(key.name());
			}
		}
		return described(type, Map.of("type", "object", "properties", properties, "required", required,
				"additionalProperties", false));
	}

	private Map<String, Object> described(AnnotatedElement element, Map<String, Object> schema) {
		Map<String, Object> described = new TreeMap<>(schema);
		this.descriptions.apply(element).ifPresent((text) -> described.put("description", text));
		return described;
	}

	private static Map<String, Object> text(Class<?> type) {
		if (type.isEnum()) {
			return Map.of("enum",
					Arrays.stream(type.getEnumConstants())
						.map((constant) -> TextValue.written((Enum<?>) constant))
						.toList());
		}
		if (type == boolean.class || type == Boolean.class) {
			return Map.of("type", "boolean");
		}
		boolean isNumber = Stream.of(int.class, Integer.class, long.class, Long.class).anyMatch(type::equals);
		return Map.of("type", isNumber ? "integer" : TEXT);
	}

	/**
	 * An absent key may be there without a value, which can also be the NULL of SQL.
	 */
	private static Map<String, Object> orNull(Map<String, Object> schema) {
		Map<String, Object> nullable = new TreeMap<>(schema);
		nullable.computeIfPresent("type",
				(key, type) -> Stream
					.concat((type instanceof List<?> types) ? types.stream() : Stream.of(type), Stream.of("null"))
					.toList());
		nullable.computeIfPresent("enum", (key, constants) -> {
			List<Object> all = new ArrayList<>((List<?>) constants);
			all.add(null);
			return all;
		});
		return nullable;
	}

}
