package dev.concertina.operation;

import java.util.Optional;
import java.util.stream.Stream;

import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.TableName;

/**
 * How the parts of a text and the rows of a table are the same.
 *
 * <p>
 * The order of the rows is that of their ordinals, which may have gaps; the parts are
 * counted from 1. No text, an empty one, and no rows are the same.
 *
 * @param document the column with the text
 * @param child the table of the parts
 * @param parentKey its column with the key of the parent
 * @param ordinal its column with the place in the text
 * @param value its column with the part
 * @param valueType the type of that
 * @param separator what stands between two parts
 */
record TextListMapping(Column document, TableName child, ColumnName parentKey, ColumnName ordinal, ColumnName value,
		SqlType valueType, String separator) implements ListMapping {

	@Override
	public ListMapping withDocument(ColumnName name) {
		return new TextListMapping(this.document.withName(name), this.child, this.parentKey, this.ordinal, this.value,
				this.valueType, this.separator);
	}

	@Override
	public Stream<ColumnName> contentNames() {
		return Stream.of(this.value);
	}

	@Override
	public String type() {
		return "text";
	}

	@Override
	public String none() {
		return "''";
	}

	@Override
	public String elements(String document) {
		return "unnest(%s) WITH ORDINALITY AS e (value, n)".formatted(parts(document));
	}

	private String parts(String document) {
		return "string_to_array(%s, %s)".formatted(document, Identifier.literal(this.separator));
	}

	@Override
	public String values(String parent) {
		return "%s, e.n::integer, %s".formatted(parent, part());
	}

	/**
	 * A cast to the whole type would cut what is too long, where an assignment refuses.
	 */
	private String part() {
		return "CAST(e.value AS %s)".formatted(this.valueType.withoutModifier());
	}

	@Override
	public String normalDocument(String document) {
		return "(SELECT jsonb_agg(%s ORDER BY e.n) FROM %s)".formatted(part(), elements(document));
	}

	@Override
	public String normalRows(String parent) {
		return "(SELECT jsonb_agg(c.%s ORDER BY c.%s) FROM %s)".formatted(this.value.quoted(), this.ordinal.quoted(),
				rows(parent));
	}

	private String rows(String parent) {
		return "%s AS c WHERE c.%s = %s".formatted(this.child.quoted(), this.parentKey.quoted(), parent);
	}

	@Override
	public String document(String parent) {
		return "(SELECT coalesce(string_agg(c.%s::text, %s ORDER BY c.%s), '') FROM %s)".formatted(this.value.quoted(),
				Identifier.literal(this.separator), this.ordinal.quoted(), rows(parent));
	}

	/**
	 * A part that holds the separator would become two, and one empty part none.
	 */
	@Override
	public Optional<Loss> loss(Column key) {
		String parent = "p." + key.name().quoted();
		return Optional.of(new Loss(
				"(SELECT %s AS list, (SELECT array_agg(c.%s::text ORDER BY c.%s) FROM %s) AS parts) AS e"
					.formatted(document(parent), this.value.quoted(), this.ordinal.quoted(), rows(parent)),
				"e.list", "%s IS DISTINCT FROM coalesce(e.parts, '{}')".formatted(parts("e.list")),
				"the rows for %s can't be written as a list, a value is empty or holds the separator: %s",
				"Write values without the separator until the change is completed."));
	}

}
