package dev.concertina.operation;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.OwnedSequence;
import dev.concertina.schema.TableName;

/**
 * The sequence of an identity, which goes with its column and is made again for the one
 * that takes its place; where it was must not be lost.
 *
 * @param sequence the sequence
 */
record IdentitySequence(OwnedSequence sequence) {

	String remember() {
		return "SELECT set_config('concertina.sequence', last_value || ' ' || is_called, true) FROM "
				+ this.sequence.name().quoted();
	}

	String makeAgain(TableName table, ColumnName column) {
		return "ALTER TABLE %s ALTER COLUMN %s ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s %s)".formatted(
				table.quoted(), column.quoted(), this.sequence.identity(), this.sequence.name().quoted(),
				this.sequence.options());
	}

	/**
	 * Return the statement that lets it go on where the other one was.
	 */
	String goOn() {
		return """
				SELECT setval(%s, split_part(position, ' ', 1)::bigint, split_part(position, ' ', 2)::boolean)
				  FROM current_setting('concertina.sequence') AS position"""
			.formatted(Identifier.literal(this.sequence.name().quoted()));
	}

}
