package dev.concertina.operation;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Says something about a table or a column, or says nothing more.
 *
 * @param table the table
 * @param column the column, or {@code null} for the table itself
 * @param text the comment, or {@code null} for none
 */
public record SetComment(TableName table, @Nullable ColumnName column, @Nullable String text) implements Operation {

	/**
	 * Return the operation for a table.
	 * @param table the table
	 * @param text the comment
	 * @return the operation
	 */
	public static SetComment of(String table, String text) {
		return new SetComment(TableName.of(table), null, text);
	}

	/**
	 * Return the operation for a column.
	 * @param table the table
	 * @param column the column
	 * @param text the comment
	 * @return the operation
	 */
	public static SetComment of(String table, String column, String text) {
		return new SetComment(TableName.of(table), ColumnName.of(column), text);
	}

	/**
	 * Return the operation that takes the comment away.
	 * @return the operation
	 */
	public SetComment withoutText() {
		return new SetComment(this.table, this.column, null);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Requirements.ownStructure(found);
		String of = "TABLE " + found.name().quoted();
		String place = found.name().toString();
		if (this.column != null) {
			found.column(this.column);
			of = "COLUMN %s.%s".formatted(found.name().quoted(), this.column.quoted());
			place = "%s.%s".formatted(found.name(), this.column);
		}
		plan.expand(Ddl.of("comment on %s".formatted(place), TableLock.besideWrites(found.name()),
				comment(of, Optional.ofNullable(this.text)),
				comment(of, before.catalog().objects().comment(found.name(), this.column))));
		return before;
	}

	static String comment(String object, Optional<String> text) {
		return "COMMENT ON %s IS %s".formatted(object, text.map(Identifier::literal).orElse("NULL"));
	}

}
