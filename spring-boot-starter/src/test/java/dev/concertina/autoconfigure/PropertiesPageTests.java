package dev.concertina.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.concertina.testing.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that lists all properties, made of what the compiler has told editors.
 */
class PropertiesPageTests {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	@Test
	void listsThemAsTheyAre() throws IOException {
		Page.of("properties.md").assertGenerated("""
				<!-- by PropertiesPageTests; -Dconcertina.docs.write=true makes it anew -->

				| property | default | |
				|---|---|---|
				%s
				""".formatted(properties().stream().map(PropertiesPageTests::line).collect(Collectors.joining())));
	}

	@Test
	void describesEach() throws IOException {
		assertThat(properties()).hasSizeGreaterThan(50)
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).as("%s", property)
				.endsWith("."));
	}

	private static String line(JsonNode property) {
		return "| `%s` | %s | %s |\n".formatted(property.path("name").asString(), value(property.path("defaultValue")),
				property.path("description").asString().replace("|", "\\|"));
	}

	private static String value(JsonNode value) {
		if (value.isArray()) {
			return values(value).stream()
				.map((each) -> "`%s`".formatted(each.asString()))
				.collect(Collectors.joining(", "));
		}
		return value.isMissingNode() ? "" : "`%s`".formatted(value.asString());
	}

	private static List<JsonNode> properties() throws IOException {
		for (URL file : Collections.list(ConcertinaProperties.class.getClassLoader().getResources(METADATA))) {
			try (InputStream text = file.openStream()) {
				List<JsonNode> properties = values(JsonMapper.shared().readTree(text).path("properties"));
				if (properties.stream()
					.anyMatch((property) -> property.path("name").asString().startsWith("concertina."))) {
					return properties.stream()
						.sorted(Comparator.comparing((property) -> property.path("name").asString()))
						.toList();
				}
			}
		}
		throw new IllegalStateException("There is no metadata of our properties: is the annotation processor at work?");
	}

	private static List<JsonNode> values(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).toList();
	}

}
