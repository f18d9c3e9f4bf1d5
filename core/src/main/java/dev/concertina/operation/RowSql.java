package dev.concertina.operation;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.concertina.plan.Plan;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;

/**
 * Pieces of SQL about one row, shared by triggers, batches and checks.
 */
final class RowSql {

	private RowSql() {
	}

	/**
	 * Return the key of a row as text, for people who look for it.
	 */
	static String key(Table table) {
		if (table.primaryKey().isEmpty()) {
			return "source.ctid::text";
		}
		return table.primaryKey()
			.stream()
			.map((column) -> column.of(Row.SOURCE) + "::text")
			.collect(Collectors.joining(", ", "concat_ws(', ', ", ")"));
	}

	/**
	 * Return the PL/pgSQL statement that sets a column of the new row to the value of an
	 * expression over it.
	 */
	static String assign(Column column, SqlExpression value) {
		return "SELECT %s INTO %s FROM (SELECT NEW.*) AS source;".formatted(converted(column, value),
				column.name().of(Row.NEW));
	}

	/**
	 * Return the PL/pgSQL statement that sets columns of the new row to the values that
	 * the other side maps to, all at once.
	 */
	static String assign(List<MappedColumn> columns) {
		return assign(columns, "");
	}

	/**
	 * Return the PL/pgSQL statement that does so with columns whose values are
	 * expressions over their former names, too.
	 */
	static String assignRenamed(List<MappedColumn> columns, List<ColumnName> before) {
		return assign(columns,
				IntStream.range(0, columns.size())
					.mapToObj((number) -> ", %s AS %s".formatted(columns.get(number).column().name().of(Row.NEW),
							before.get(number).quoted()))
					.collect(Collectors.joining()));
	}

	private static String assign(List<MappedColumn> columns, String more) {
		return "SELECT %s INTO %s FROM (SELECT NEW.*%s) AS source;".formatted(
				columns.stream().map(RowSql::converted).collect(Collectors.joining(", ")),
				columns.stream().map((mapped) -> mapped.column().name().of(Row.NEW)).collect(Collectors.joining(", ")),
				more);
	}

	/**
	 * Return the PL/pgSQL statement that does the same with those that are NULL.
	 */
	static String assignMissing(List<MappedColumn> columns) {
		return "SELECT %s INTO %s FROM (SELECT NEW.*) AS source;"
			.formatted(
					columns.stream()
						.map((mapped) -> "coalesce(%s, %s)".formatted(mapped.column().name().quoted(),
								converted(mapped)))
						.collect(Collectors.joining(", ")),
					columns.stream()
						.map((mapped) -> mapped.column().name().of(Row.NEW))
						.collect(Collectors.joining(", ")));
	}

	static String converted(MappedColumn mapped) {
		return converted(mapped.column(), mapped.value());
	}

	/**
	 * Return an expression as it is written to a column, in triggers and batches alike: a
	 * conversion that PostgreSQL would refuse in an assignment is made, but nothing is
	 * cut to fit.
	 */
	static String converted(Column column, SqlExpression value) {
		return "CAST(%s AS %s)".formatted(value.enclosed(), column.type().withoutModifier());
	}

	/**
	 * Return the condition that two values are not stored alike, or one is NULL. The
	 * equality of a type may call values equal that an application tells apart, such as
	 * 1.0 and 1.00, or one day and 24 hours; and {@code json} has none.
	 */
	static String different(String left, String right) {
		return "%s OPERATOR(pg_catalog.*<>) %s".formatted(record(left), record(right));
	}

	/**
	 * Return the condition that two values are stored alike, or both are NULL.
	 */
	static String same(String left, String right) {
		return "%s OPERATOR(pg_catalog.*=) %s".formatted(record(left), record(right));
	}

	/**
	 * A cast, as PostgreSQL would otherwise compare what is in two rows one by one, by
	 * the operators of its types.
	 */
	private static String record(String values) {
		return "CAST(ROW(%s) AS record)".formatted(values);
	}

	static String changed(Column... columns) {
		return changed(List.of(columns));
	}

	static String changed(Collection<Column> columns) {
		return different(values(columns, Row.OLD), values(columns, Row.NEW));
	}

	static String areNull(Collection<Column> columns, Row row) {
		return columns.stream()
			.map((column) -> column.name().of(row) + " IS NULL")
			.collect(Collectors.joining(" AND "));
	}

	private static String values(Collection<Column> columns, Row row) {
		return columns.stream().map((column) -> column.name().of(row)).collect(Collectors.joining(", "));
	}

	/**
	 * Return the condition that a row is still to be copied: a writer has not given it a
	 * value, and there is one.
	 */
	static String notCopied(Table table, Column column, SqlExpression value) {
		String empty = column.name().of(Row.SOURCE) + " IS NULL";
		return table.isNeverNull(value) ? empty : "%s AND %s IS NOT NULL".formatted(empty, value.enclosed());
	}

	/**
	 * Return the condition that a row is still to be copied to several columns.
	 */
	static String notCopied(Table table, List<MappedColumn> columns) {
		String empty = areNull(ColumnMapping.columns(columns), Row.SOURCE);
		if (columns.stream().anyMatch((mapped) -> table.isNeverNull(mapped.value()))) {
			return empty;
		}
		return columns.stream()
			.map((mapped) -> mapped.value().enclosed() + " IS NOT NULL")
			.collect(Collectors.joining(" OR ", empty + " AND (", ")"));
	}

	/**
	 * Return the condition that keeps the batches of a change from firing its triggers.
	 * It means the same whatever {@code search_path} a writer has.
	 */
	static String notInBatch(PlanBuilder plan) {
		return "(pg_catalog.current_setting('%s', true) OPERATOR(pg_catalog.=) %s) IS NOT TRUE"
			.formatted(Plan.BATCH_SETTING, Identifier.literal(plan.change()));
	}

	/**
	 * Return the condition that an UPDATE is not the first that gives columns a value, as
	 * each of a batch is. It costs a statement less than {@link #notInBatch}.
	 */
	static String notTheFirst(Collection<Column> columns) {
		return "%s OR NOT (%s)".formatted(areNull(columns, Row.NEW), areNull(columns, Row.OLD));
	}

	/**
	 * Return a function in PL/pgSQL.
	 * @param signature its name, with its parameters
	 * @param clauses what follows, such as settings; may be empty
	 */
	static String function(String signature, String returns, String clauses, String body) {
		return "CREATE OR REPLACE FUNCTION %s RETURNS %s LANGUAGE plpgsql\n%sAS %s".formatted(signature, returns,
				clauses.isEmpty() ? "" : " %s\n".formatted(clauses),
				dollarQuoted("#variable_conflict use_column\n" + body.strip()));
	}

	/**
	 * Return a function that nobody calls: PostgreSQL knows which columns it reads, and
	 * refuses to drop them or to change their types. That would not stop at a function in
	 * PL/pgSQL, which fails in the sessions that have called it before.
	 */
	static String holdColumns(String signature, Table table, Collection<Column> columns) {
		return "CREATE OR REPLACE FUNCTION %s RETURNS bigint LANGUAGE sql\nRETURN (SELECT count(ROW(%s)) FROM %s)"
			.formatted(signature,
					columns.stream().map((column) -> column.name().quoted()).collect(Collectors.joining(", ")),
					table.name().quoted());
	}

	/**
	 * Return a piece of PL/pgSQL as it is written in SQL.
	 */
	static String dollarQuoted(String body) {
		String tag = "$concertina$";
		while (body.contains(tag)) {
			tag = tag.replace("a$", "aa$");
		}
		return "%1$s\n%2$s\n%1$s".formatted(tag, body);
	}

}
