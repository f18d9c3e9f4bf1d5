package dev.concertina.chunk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.RowRange;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;

/**
 * The tables that a change copies and compares, as they were when it was expanded. The
 * plan knows them by name: a table that is called otherwise, and another one that has
 * taken its name, must stop the change.
 */
public final class SourceTables {

	/** Types by their schema: no search path changes what they are called. */
	private static final String COLUMNS = """
			SELECT a.attname,
			       CASE WHEN n.nspname = 'pg_catalog' THEN format_type(a.atttypid, a.atttypmod)
			            ELSE format('%I.%I', n.nspname, t.typname) || coalesce('(' || nullif(a.atttypmod, -1) || ')', '')
			        END AS type
			  FROM pg_catalog.pg_attribute a
			  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
			 WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
			 ORDER BY a.attnum""";

	private static final String REMEMBER = """
			INSERT INTO {state}.source_table (change_id, name, relation, columns)
			VALUES (?, ?, ?::regclass, jsonb_object(?::text[], ?::text[]))""";

	private static final String PLACE = """
			SELECT quote_ident(n.nspname) || '.' || quote_ident(t.relname) AS called, to_regclass(s.name) AS there,
			       s.relation IS NOT DISTINCT FROM to_regclass(s.name) AS same,
			       coalesce(t.relname ^@ 'concertina_retired_', false) AS retired
			  FROM {state}.source_table s
			  LEFT JOIN pg_catalog.pg_class t ON t.oid = s.relation
			  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			 WHERE s.change_id = ? AND s.name = ?""";

	private static final String REMEMBERED = """
			SELECT key, value FROM {state}.source_table s CROSS JOIN jsonb_each_text(s.columns)
			 WHERE s.change_id = ? AND s.name = ?""";

	private final StateJdbc jdbc;

	private final ChangeId change;

	private SourceTables(StateJdbc jdbc, ChangeId change) {
		this.jdbc = jdbc;
		this.change = change;
	}

	/**
	 * Return the tables of a change.
	 * @param jdbc the template of the database, or of a transaction
	 * @param change the change
	 * @return its tables
	 */
	public static SourceTables of(StateJdbc jdbc, ChangeId change) {
		return new SourceTables(jdbc, change);
	}

	/**
	 * Remember them as they are at the end of the expand.
	 * @param plan the plan of the change
	 */
	public void remember(Plan plan) {
		Map<TableName, String> sources = new LinkedHashMap<>();
		Stream.of(Phase.BACKFILL, Phase.VERIFY).flatMap((phase) -> plan.steps(phase).stream()).forEach((step) -> {
			if (step instanceof Backfill backfill) {
				sources.merge(backfill.source(), text(backfill.key()), String::concat);
				backfill.statements().forEach((sql) -> sources.merge(backfill.source(), text(sql), String::concat));
			}
			else if (step instanceof Check check) {
				sources.merge(check.source(), text(check.key()) + text(check.comparison()), String::concat);
			}
		});
		sources.forEach(this::remember);
	}

	private static String text(List<ColumnName> key) {
		return key.stream().map((column) -> " %s ".formatted(column.quoted())).collect(Collectors.joining());
	}

	private static String text(RangedSql statement) {
		return statement.sql("", RowRange.of(""));
	}

	private void remember(TableName table, String statements) {
		Map<String, String> used = columns(table);
		used.keySet().removeIf((column) -> !isNamedIn(column, statements));
		this.jdbc.state(REMEMBER)
			.params(this.change.value(), table.quoted(), table.quoted())
			.param(used.keySet().toArray(String[]::new))
			.param(used.values().toArray(String[]::new))
			.update();
	}

	/**
	 * Whatever is the name of a column may be one: what stops without need is better than
	 * what goes on without notice.
	 */
	private static boolean isNamedIn(String column, String statements) {
		return Pattern.compile("(?<!\\w)%s(?!\\w)".formatted(Pattern.quote(column))).matcher(statements).find();
	}

	/**
	 * Make sure that a table is the one that it was, and has the columns that it had.
	 * @param table the table as the plan names it
	 * @throws ChangedTableException if it is not
	 */
	void requireUnchanged(TableName table) {
		requireSame(table);
		Map<String, String> now = columns(table);
		List<String> changed = this.jdbc.state(REMEMBERED)
			.params(this.change.value(), table.quoted())
			.query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.stream()
			.filter((column) -> !column.getValue().equals(now.get(column.getKey())))
			.map((column) -> now.containsKey(column.getKey())
					? "%s was %s and is %s".formatted(column.getKey(), column.getValue(), now.get(column.getKey()))
					: "%s is gone".formatted(column.getKey()))
			.toList();
		if (!changed.isEmpty()) {
			throw new ChangedTableException(
					"Columns of %s are not what they were when the change was expanded: %s".formatted(table,
							String.join(", ", changed)),
					"Make them what they were, then resume the change; or roll it back and plan it anew.");
		}
	}

	/**
	 * Return whether a table is out of sight, so that another one may have its name.
	 * @param table the table as the plan names it
	 * @return whether its rows are those of a table that has taken its place
	 */
	public boolean isRetired(TableName table) {
		return this.jdbc.state(PLACE)
			.params(this.change.value(), table.quoted())
			.query((row, number) -> row.getBoolean("retired"))
			.optional()
			.orElse(false);
	}

	/**
	 * Make sure that a table is the one that it was.
	 * @param table the table as the plan names it
	 * @throws ChangedTableException if it was renamed or dropped, and also if another one
	 * has its name
	 */
	public void requireSame(TableName table) {
		this.jdbc.state(PLACE)
			.params(this.change.value(), table.quoted())
			.query((row, number) -> row.getBoolean("same") ? List.<ChangedTableException>of()
					: List.of(moved(table, row.getString("called"), row.getString("there") != null)))
			.list()
			.stream()
			.flatMap(List::stream)
			.findFirst()
			.ifPresent((objection) -> {
				throw objection;
			});
	}

	private static ChangedTableException moved(TableName table, @Nullable String called, boolean replaced) {
		String other = replaced ? ", and another table has its name" : "";
		return (called != null)
				? new ChangedTableException("Table %s is called %s now%s".formatted(table, called, other),
						"Give it back its name, then resume the change.")
				: new ChangedTableException("Table %s was dropped%s".formatted(table, other),
						"Roll the change back: its rows are gone.");
	}

	private Map<String, String> columns(TableName table) {
		return this.jdbc.state(COLUMNS)
			.param(table.quoted())
			.query((row, number) -> Map.entry(row.getString("attname"), row.getString("type")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
	}

}
