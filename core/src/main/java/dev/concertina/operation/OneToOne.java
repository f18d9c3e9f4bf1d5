package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Attachment;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnPlace;
import dev.concertina.schema.Renaming;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;

/**
 * A table whose primary key is a foreign key to that of another one, so that it has at
 * most one row for each row there, and none without.
 *
 * @param parent the table that is referred to
 * @param child the table that refers
 * @param childKey the columns of the child in the order of those of the parent
 * @param clauses what is said behind the foreign keys between them
 */
record OneToOne(Table parent, Table child, List<ColumnName> childKey, List<String> clauses) {

	OneToOne {
		childKey = List.copyOf(childKey);
		clauses = List.copyOf(clauses);
	}

	/**
	 * Return how a table refers to another one, or refuse it.
	 */
	static OneToOne of(Schema schema, PlanBuilder plan, Table parent, Table child) {
		List<ColumnName> childKey = childKey(schema, parent, child);
		if (childKey.isEmpty() || childKey.size() != child.primaryKey().size()) {
			throw new InvalidDefinitionException(
					"The primary key of %s is no foreign key to that of %s".formatted(child.name(), parent.name()),
					"Add the foreign key first, by addForeignKey in a change with an earlier version, or choose tables with a row each.");
		}
		requireSameTypes(parent, child, childKey);
		Requirements.shared(schema, plan, parent, parent.primaryKey());
		Requirements.shared(schema, plan, child, childKey);
		List<Attachment> keys = schema.catalog()
			.attachments(child.name(), childKey.get(0), child.column(childKey.get(0)), Renaming.NONE)
			.stream()
			.filter((attachment) -> attachment.kind() == Kind.FOREIGN_KEY && parent.name().equals(attachment.other()))
			.toList();
		for (Attachment key : keys) {
			if (!key.validated() || key.clauses().contains("DEFERRABLE")) {
				throw new InvalidDefinitionException(
						"%s of %s is not validated, or may be checked later than at once, so that there may be a row without its parent"
							.formatted(key.describe(), child.name()),
						"Validate it, or make it NOT DEFERRABLE, by a change with an earlier version.");
			}
		}
		return new OneToOne(parent, child, childKey, keys.stream().map(Attachment::clauses).toList());
	}

	private static List<ColumnName> childKey(Schema schema, Table parent, Table child) {
		List<ColumnName> childKey = new ArrayList<>();
		for (ColumnName column : parent.primaryKey()) {
			schema.catalog()
				.references(parent.name(), column)
				.stream()
				.filter((place) -> place.table().equals(child.name()) && child.primaryKey().contains(place.column()))
				.map(ColumnPlace::column)
				.findFirst()
				.ifPresent(childKey::add);
		}
		return (childKey.size() == parent.primaryKey().size()) ? childKey : List.of();
	}

	private static void requireSameTypes(Table parent, Table child, List<ColumnName> childKey) {
		for (int number = 0; number < childKey.size(); number++) {
			Column referring = child.column(childKey.get(number));
			Column referred = parent.column(parent.primaryKey().get(number));
			if (!referring.type().equals(referred.type())) {
				throw new InvalidDefinitionException(
						"Column %s.%s is %s, but %s.%s is %s".formatted(child.name(), referring.name(),
								referring.type(), parent.name(), referred.name(), referred.type()),
						"Give both the same type first, by widenKey or changeColumnType.");
			}
		}
	}

	/**
	 * Return the columns of the child that are not in its key.
	 */
	List<Column> columnsBesideKey() {
		return this.child.columns().stream().filter((column) -> !this.childKey.contains(column.name())).toList();
	}

	/**
	 * Return whether every foreign key says something.
	 */
	boolean allSay(String clause) {
		return this.clauses.stream().allMatch((clauses) -> clauses.contains(clause));
	}

	/**
	 * Return the same columns of both tables, which are to be kept in step.
	 */
	RowPair pair(List<Column> columns) {
		return new RowPair(this.parent, this.parent.primaryKey(), this.child, this.childKey, columns);
	}

	static String names(List<Column> columns) {
		return columns.stream().map((column) -> column.name().value()).collect(Collectors.joining(", "));
	}

}
