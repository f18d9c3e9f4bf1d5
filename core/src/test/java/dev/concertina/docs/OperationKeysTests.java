package dev.concertina.docs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.concertina.change.ChangeSchema;
import dev.concertina.operation.Operations;
import dev.concertina.testing.Page;

/**
 * The keys of all operations in the documentation.
 */
class OperationKeysTests {

	@Test
	void areInTheDocumentation() {
		TreeMap<String, String> lines = new TreeMap<>();
		JsonNode schemas = JsonMapper.shared()
			.readTree(ChangeSchema.of(Operations.catalog()).json())
			.at("/properties/operations/items/properties");
		for (OperationPage page : OperationPage.all()) {
			for (String operation : page.operations()) {
				lines.put(operation, line(operation, page, schemas.get(operation)));
			}
		}
		Page.of("writing-changes.md").assertGenerated("""
				<!-- by OperationKeysTests; -Dconcertina.docs.write=true makes it anew -->

				| operation | required keys | optional keys |
				|---|---|---|
				""" + String.join("", lines.values()) + "\n");
	}

	private static String line(String operation, OperationPage page, JsonNode schema) {
		Set<String> required = required(schema);
		return "| [`%s`](operations/%s.md) | %s | %s |\n".formatted(operation, page, keys(schema, required.stream()),
				keys(schema, names(schema).filter((name) -> !required.contains(name))));
	}

	private static String keys(JsonNode schema, Stream<String> names) {
		return names.map((name) -> "`%s`%s".formatted(name, parts(schema.get("properties").get(name))))
			.collect(Collectors.joining(", "));
	}

	/**
	 * Returns the keys of what is an object, or a list of them.
	 */
	private static String parts(JsonNode value) {
		if (value.has("items")) {
			String each = parts(value.get("items"));
			return each.isEmpty() ? "" : each.replace("(", "(each with ");
		}
		if (!value.has("properties")) {
			return "";
		}
		Set<String> required = required(value);
		List<String> keys = new ArrayList<>();
		required.forEach((name) -> keys.add("`%s`".formatted(name)));
		names(value).filter((name) -> !required.contains(name))
			.forEach((name) -> keys.add("optional `%s`".formatted(name)));
		return keys.stream().collect(Collectors.joining(", ", " (", ")"));
	}

	private static Set<String> required(JsonNode schema) {
		return StreamSupport.stream(schema.path("required").spliterator(), false)
			.map(JsonNode::stringValue)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static Stream<String> names(JsonNode schema) {
		return schema.get("properties").propertyNames().stream();
	}

}
