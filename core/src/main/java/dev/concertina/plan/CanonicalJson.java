package dev.concertina.plan;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON with one form for one meaning: keys sorted, nothing that is absent.
 */
public final class CanonicalJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
		.changeDefaultVisibility((visibility) -> visibility.withGetterVisibility(JsonAutoDetect.Visibility.NONE)
			.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
		.addMixIn(Step.class, KindOfStep.class)
		.build();

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
