package dev.concertina.plan;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON with one form for one meaning: keys sorted, and nothing that is absent,
 * false or empty, so that a component that a later version adds does not change the form
 * of what does not use it.
 */
public final class CanonicalJson {

	private static final JsonSetter.Value ABSENT_IS_EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_DEFAULT))
		.withConfigOverride(List.class, (list) -> list.setNullHandling(ABSENT_IS_EMPTY))
		.withConfigOverride(Map.class, (map) -> map.setNullHandling(ABSENT_IS_EMPTY))
		.withConfigOverride(String.class, (text) -> text.setNullHandling(ABSENT_IS_EMPTY))
		.changeDefaultVisibility((visibility) -> visibility.withIsGetterVisibility(Visibility.NONE))
		.addMixIn(Step.class, KindOfStep.class)
		.build();

	/** The same lines on every system. */
	private static final DefaultPrettyPrinter LINES = new DefaultPrettyPrinter()
		.withObjectIndenter(new DefaultIndenter("  ", "\n"))
		.withArrayIndenter(new DefaultIndenter("  ", "\n"));

	private CanonicalJson() {
	}

	/**
	 * Return a record as JSON.
	 * @param value the record
	 * @return its canonical form
	 */
	public static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/**
	 * Return a record as JSON that people read, and that shows in a diff what has
	 * changed.
	 * @param value the record
	 * @return the same values in the same order, each on a line of its own
	 */
	public static String pretty(Object value) {
		return MAPPER.writer().with(LINES).writeValueAsString(value) + "\n";
	}

	/**
	 * Return the plan that a JSON text holds.
	 * @param json what {@link #write(Object)} has made of a plan
	 * @return the plan
	 */
	public static Plan readPlan(String json) {
		return MAPPER.readValue(json, Plan.class);
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Ddl.class, name = "ddl"),
			@JsonSubTypes.Type(value = DualWrite.class, name = "dualWrite"),
			@JsonSubTypes.Type(value = Backfill.class, name = "backfill"),
			@JsonSubTypes.Type(value = Check.class, name = "check") })
	private interface KindOfStep {

	}

}
