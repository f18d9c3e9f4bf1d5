package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.plan.RowRange;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;

/**
 * The rows of a table that could not be worked on. They are remembered by their key, as
 * they may move; a row of a table without key by its position, from which only a write
 * moves it, and that the triggers carry over.
 */
final class PoisonRows {

	private static final String KEY = """
			SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type
			  FROM pg_catalog.pg_index i
			 CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
			  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
			 WHERE i.indrelid = pg_catalog.to_regclass(?) AND i.indisprimary
			 ORDER BY k.position""";

	private static final String UPDATE = """
			UPDATE concertina.poison_row
			   SET error = ?, attempts = attempts + 1, again = false, tried_at = clock_timestamp()
			 WHERE change_id = ? AND phase = ? AND step = ? AND relation = ?::regclass AND condition = ?""";

	private static final String INSERT = """
			INSERT INTO concertina.poison_row (error, change_id, phase, step, relation, condition, key)
			VALUES (?, ?, ?, ?, ?::regclass, ?, ?)""";

	private static final String CLAIM = """
			SELECT p.id, format('%I.%I', n.nspname, t.relname) AS relation, p.condition, p.key, p.error
			  FROM concertina.poison_row p
			  JOIN pg_catalog.pg_class t ON t.oid = p.relation
			  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			 WHERE p.change_id = ? AND p.phase = ? AND p.step = ? AND p.again
			   AND EXISTS (SELECT FROM concertina.change h
			                WHERE h.id = p.change_id AND h.phase = p.phase AND h.status = 'RUNNING')
			 ORDER BY p.id
			 LIMIT 1
			   FOR UPDATE OF p SKIP LOCKED""";

	private static final String DELETE = """
			DELETE FROM concertina.poison_row WHERE id = ? AND relation = to_regclass(?)""";

	private static final String COUNT = """
			SELECT count(*) FROM concertina.poison_row WHERE change_id = ? AND phase = ? AND step = ?""";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final ChunkTask task;

	PoisonRows(JdbcTemplate jdbc, ChunkTask task) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.task = task;
	}

	/**
	 * Remember the row at a position.
	 */
	Row add(String relation, String tid, String error) {
		Row row = identify(relation, tid, error);
		int known = this.jdbc.sql(UPDATE).param(error).params(key()).params(relation, row.condition()).update();
		if (known == 0) {
			this.jdbc.sql(INSERT).param(error).params(key()).params(relation, row.condition(), row.key()).update();
		}
		return row;
	}

	/**
	 * Remember rows that a batch could not work on.
	 */
	List<Row> add(String relation, List<FailedRow> failed) {
		return failed.stream().map((row) -> add(relation, row.tid(), row.error())).toList();
	}

	private Row identify(String relation, String tid, String error) {
		String position = "source.ctid = '%s'::tid".formatted(tid);
		List<KeyColumn> columns = this.jdbc.sql(KEY)
			.param(relation)
			.query((row, number) -> new KeyColumn(ColumnName.of(row.getString("attname")), row.getString("type")))
			.list();
		if (columns.isEmpty()) {
			return new Row(0, relation, position, tid, error);
		}
		String values = columns.stream()
			.map((column) -> "source.%s::text".formatted(column.name().quoted()))
			.collect(Collectors.joining(", "));
		return this.template.query("SELECT %s FROM ONLY %s AS source WHERE %s".formatted(values, relation, position),
				(row) -> {
					row.next();
					List<String> conditions = new ArrayList<>();
					List<String> key = new ArrayList<>();
					for (int number = 0; number < columns.size(); number++) {
						conditions.add(columns.get(number).is(row.getString(number + 1)));
						key.add(row.getString(number + 1));
					}
					return new Row(0, relation, String.join(" AND ", conditions), String.join(", ", key), error);
				});
	}

	/**
	 * Claim a row that shall be tried again.
	 */
	Optional<Row> claim() {
		return this.jdbc.sql(CLAIM)
			.params(key())
			.query((row, number) -> new Row(row.getLong("id"), row.getString("relation"), row.getString("condition"),
					row.getString("key"), row.getString("error")))
			.optional();
	}

	void failedAgain(Row row, String error) {
		this.jdbc.sql(UPDATE).param(error).params(key()).params(row.relation(), row.condition()).update();
	}

	/**
	 * Forget a row that was worked on.
	 * @return {@code false} if its table was renamed meanwhile, and the work was done on
	 * another one
	 */
	boolean remove(Row row) {
		return this.jdbc.sql(DELETE).params(row.id(), row.relation()).update() == 1;
	}

	long count() {
		return this.jdbc.sql(COUNT).params(key()).query(Long.class).single();
	}

	private Object[] key() {
		return new Object[] { this.task.change().value(), this.task.phase().name(), this.task.step() };
	}

	/**
	 * A row that could not be worked on.
	 *
	 * @param id its number, 0 if it was just found
	 * @param relation the table or leaf partition, quoted
	 * @param condition the condition that finds it again
	 * @param key its key, for people
	 * @param error what PostgreSQL, or its task, said of it
	 */
	record Row(long id, String relation, String condition, String key, String error) {

		RowRange range() {
			return RowRange.of(this.condition);
		}

	}

	private record KeyColumn(ColumnName name, String type) {

		String is(String value) {
			return "source.%s = %s::%s".formatted(this.name.quoted(), Identifier.literal(value), this.type);
		}

	}

}
