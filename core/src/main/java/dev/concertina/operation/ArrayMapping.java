package dev.concertina.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;

/**
 * How the elements of a JSON array and the rows of a table are the same: SQL for both
 * directions, and a normal form in which both sides can be compared.
 *
 * <p>
 * The order of the rows is that of their ordinals, which may have gaps; the elements are
 * counted from 1. A row without value and an element without key, or with null, are the
 * same; so are no array, an empty one, and no rows.
 *
 * @param document the JSON column, {@code json} or {@code jsonb}
 * @param child the table of the elements
 * @param parentKey its column with the key of the parent
 * @param ordinal its column with the place in the array
 * @param fields its other columns
 * @param rest its column with the keys that are not mapped, if there is one
 */
record ArrayMapping(Column document, TableName child, ColumnName parentKey, ColumnName ordinal, List<JsonField> fields,
		@Nullable ColumnName rest) implements ListMapping {

	@Override
	public ListMapping withDocument(ColumnName name) {
		return new ArrayMapping(this.document.withName(name), this.child, this.parentKey, this.ordinal, this.fields,
				this.rest);
	}

	@Override
	public String type() {
		return "jsonb";
	}

	@Override
	public String none() {
		return "'[]'";
	}

	@Override
	public Optional<Loss> loss(Column key) {
		if (this.rest != null) {
			return Optional.empty();
		}
		return Optional.of(new Loss(elements("p." + this.document.name().quoted()), unmapped(), unmapped() + " <> '{}'",
				"an element of %s holds what no column maps, and would lose it: %s",
				"Roll the change back, and give it a column for the rest."));
	}

	@Override
	public Stream<ColumnName> contentNames() {
		return Stream.concat(this.fields.stream().map(JsonField::name), Stream.ofNullable(this.rest));
	}

	@Override
	public String elements(String document) {
		return "jsonb_array_elements(CASE WHEN jsonb_typeof(%1$s) = 'array' THEN %1$s ELSE '[]' END) WITH ORDINALITY AS e (value, n)"
			.formatted(jsonb(document));
	}

	@Override
	public String values(String parent) {
		return Stream
			.concat(Stream.of(parent, "e.n::integer"),
					Stream.concat(this.fields.stream().map((field) -> field.value("e.value")),
							(this.rest != null) ? Stream.of("nullif(%s, '{}')".formatted(unmapped())) : Stream.empty()))
			.collect(Collectors.joining(", "));
	}

	@Override
	public String normalDocument(String document) {
		return """
				CASE jsonb_typeof(%1$s)
				     WHEN 'array' THEN (SELECT jsonb_agg(jsonb_build_array(%2$s) ORDER BY e.n) FROM %3$s)
				     WHEN 'null' THEN NULL
				     ELSE %1$s END""".formatted(jsonb(document),
				Stream.concat(this.fields.stream().map((field) -> field.value("e.value")), Stream.of(unmapped()))
					.collect(Collectors.joining(", ")),
				elements(document));
	}

	@Override
	public String normalRows(String parent) {
		String rest = (this.rest != null) ? "coalesce(c.%s, '{}')".formatted(this.rest.quoted()) : "'{}'::jsonb";
		String values = Stream
			.concat(this.fields.stream().map((field) -> "c." + field.name().quoted()), Stream.of(rest))
			.collect(Collectors.joining(", "));
		return "(SELECT jsonb_agg(jsonb_build_array(%s) ORDER BY c.%s) FROM %s AS c WHERE c.%s = %s)".formatted(values,
				this.ordinal.quoted(), this.child.quoted(), this.parentKey.quoted(), parent);
	}

	@Override
	public String document(String parent) {
		String pairs = this.fields.stream()
			.map((field) -> "%s, c.%s".formatted(field.keyLiteral(), field.name().quoted()))
			.collect(Collectors.joining(", "));
		return "(SELECT coalesce(jsonb_agg(%s ORDER BY c.%s), '[]')::%s FROM %s AS c WHERE c.%s = %s)".formatted(
				withRest("jsonb_build_object(%s)".formatted(pairs)), this.ordinal.quoted(), this.document.type(),
				this.child.quoted(), this.parentKey.quoted(), parent);
	}

	/**
	 * An element that is no object is all in the rest, and comes back as it was.
	 */
	private String withRest(String element) {
		if (this.rest == null) {
			return element;
		}
		return "CASE WHEN jsonb_typeof(c.%1$s) <> 'object' THEN c.%1$s ELSE %2$s || coalesce(c.%1$s, '{}') END"
			.formatted(this.rest.quoted(), element);
	}

	/** What of an element no column holds. */
	private String unmapped() {
		String keys = this.fields.stream().map(JsonField::keyLiteral).collect(Collectors.joining(", "));
		return "CASE jsonb_typeof(e.value) WHEN 'object' THEN e.value - ARRAY[%s]::text[] ELSE e.value END"
			.formatted(keys);
	}

	private String jsonb(String document) {
		return this.document.type().sql().equals("jsonb") ? document : document + "::jsonb";
	}

}
