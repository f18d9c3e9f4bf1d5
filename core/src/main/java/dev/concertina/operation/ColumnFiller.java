package dev.concertina.operation;

import java.util.List;
import java.util.Objects;

import dev.concertina.schema.Column;
import dev.concertina.schema.OwnedSequence;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;

/**
 * The sequence that fills a column, by its default or as an identity. It goes with the
 * name of the column, and has the range of the old one until that is dropped: what it
 * could draw beyond that nobody could write, and the old one could not take it back.
 *
 * @param give takes it from the column that has the name
 * @param take gives it to the column that has the name now
 * @param widen lets it have the range of the new column
 */
record ColumnFiller(List<String> give, List<String> take, List<String> widen) {

	static final ColumnFiller NONE = new ColumnFiller(List.of(), List.of(), List.of());

	static ColumnFiller of(Table table, Column old, OwnedSequence sequence, SqlType type) {
		String as = "ALTER SEQUENCE %s AS ".formatted(sequence.name().quoted());
		String alter = "ALTER TABLE %s ALTER COLUMN %s ".formatted(table.name().quoted(), old.name().quoted());
		if (sequence.identity().isEmpty()) {
			return new ColumnFiller(List.of(alter + "DROP DEFAULT"),
					List.of("ALTER SEQUENCE %s OWNED BY %s.%s".formatted(sequence.name().quoted(),
							table.name().quoted(), old.name().quoted()),
							"%sSET DEFAULT %s".formatted(alter, Objects.requireNonNull(old.defaultValue()).enclosed())),
					List.of(as + type));
		}
		IdentitySequence identity = new IdentitySequence(sequence);
		return new ColumnFiller(List.of(identity.remember(), alter + "DROP IDENTITY"),
				List.of(identity.makeAgain(table.name(), old.name()), as + old.type(), identity.goOn()),
				List.of(as + type));
	}

}
