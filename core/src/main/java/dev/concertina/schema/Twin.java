package dev.concertina.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.Attachment.Kind;

/**
 * An empty, temporary table with the columns of another one, and with indexes, checks and
 * statistics of it, on which a change of structure is tried out: no text is replaced in
 * SQL, the server itself says how it defines them afterwards. Nothing of the twin is ever
 * committed, and nobody else waits for it.
 */
final class Twin {

	private static final String NAME = "pg_temp.concertina_twin";

	private static final String INDEX = """
			SELECT %s
			  FROM pg_catalog.pg_index i
			  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			  JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
			  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			 WHERE i.indexrelid = pg_catalog.to_regclass('pg_temp.' || ?)"""
		.formatted(JdbcAttachments.INDEX_DEFINITION);

	private static final String CHECK = """
			SELECT %s
			  FROM pg_catalog.pg_constraint k
			 WHERE k.conrelid = pg_catalog.to_regclass('%s') AND k.conname = ?"""
		.formatted(JdbcAttachments.CONSTRAINT_DEFINITION, NAME);

	private static final String STATISTICS = """
			SELECT %s
			  FROM pg_catalog.pg_statistic_ext s
			 WHERE s.stxrelid = pg_catalog.to_regclass('%s') AND s.stxname = ?"""
		.formatted(JdbcAttachments.STATISTICS_DEFINITION, NAME);

	/** An index that is dropped and made anew in the same file is kept. */
	private static final String FILES = """
			SELECT c.relname || ' ' || pg_catalog.pg_relation_filenode(c.oid)
			  FROM pg_catalog.pg_class c
			 WHERE c.oid = pg_catalog.to_regclass('%1$s')
			    OR c.oid IN (SELECT indexrelid FROM pg_catalog.pg_index WHERE indrelid = pg_catalog.to_regclass('%1$s'))
			 ORDER BY c.relname""".formatted(NAME);

	private final JdbcTemplate jdbc;

	private final TableName table;

	private final List<Attachment> attachments;

	private Twin(JdbcTemplate jdbc, TableName table, List<Attachment> attachments) {
		this.jdbc = jdbc;
		this.table = table;
		this.attachments = attachments;
	}

	/**
	 * Make the twin of a table, try something with it, and take it away.
	 */
	static <T> T of(Connection connection, TableName table, List<Attachment> attachments, Function<Twin, T> work)
			throws SQLException {
		return RolledBack.run(connection, (jdbc) -> {
			Twin twin = new Twin(jdbc, table, attachments);
			twin.create();
			return work.apply(twin);
		});
	}

	private void create() {
		this.jdbc.execute("CREATE TEMP TABLE concertina_twin (LIKE %s)".formatted(this.table.quoted()));
		for (int number = 0; number < this.attachments.size(); number++) {
			this.jdbc.execute(create(this.attachments.get(number), new Identifier(name(number))));
		}
	}

	private static String create(Attachment attachment, Identifier name) {
		return switch (attachment.kind()) {
			case INDEX -> "CREATE INDEX %s ON %s %s".formatted(name.quoted(), NAME, attachment.definition());
			case UNIQUE_INDEX, UNIQUE, PRIMARY_KEY ->
				"CREATE UNIQUE INDEX %s ON %s %s".formatted(name.quoted(), NAME, attachment.definition());
			case CHECK -> "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(NAME, name.quoted(), attachment.definition());
			case STATISTICS ->
				"CREATE STATISTICS pg_temp.%s %s FROM %s".formatted(name.quoted(), attachment.definition(), NAME);
			case FOREIGN_KEY, REFERENCE -> throw new IllegalArgumentException(attachment.toString());
		};
	}

	/**
	 * Return the attachments as another column would have them.
	 */
	List<Attachment> definedFor(ColumnName from, Column to) {
		try {
			this.jdbc
				.execute("ALTER TABLE %s ALTER COLUMN %s TYPE %s USING NULL".formatted(NAME, from.quoted(), to.type()));
		}
		catch (DataAccessException ex) {
			throw new InvalidDefinitionException(
					"What column %s.%s has can't be had by one of type %s: %s".formatted(this.table, from, to.type(),
							String.valueOf(ex.getMostSpecificCause().getMessage()).lines().findFirst().orElse("")),
					"Drop the index or the constraint first, by a change of its own.");
		}
		if (!from.equals(to.name())) {
			this.jdbc
				.execute("ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(NAME, from.quoted(), to.name().quoted()));
		}
		List<Attachment> defined = new ArrayList<>();
		for (int number = 0; number < this.attachments.size(); number++) {
			Attachment attachment = this.attachments.get(number);
			defined.add(attachment.definedAs(definition(attachment.kind(), name(number))));
		}
		return defined;
	}

	private String definition(Kind kind, String name) {
		String query = switch (kind) {
			case CHECK -> CHECK;
			case STATISTICS -> STATISTICS;
			default -> INDEX;
		};
		return JdbcClient.create(this.jdbc).sql(query).param(name).query(String.class).single();
	}

	/**
	 * Return whether no file is written anew when a column gets another type.
	 */
	boolean keepsItsFiles(ColumnName column, SqlType type) {
		List<String> before = this.jdbc.query(FILES, (row, number) -> row.getString(1));
		try {
			this.jdbc.execute("ALTER TABLE %s ALTER COLUMN %s TYPE %s".formatted(NAME, column.quoted(), type));
		}
		catch (DataAccessException ex) {
			return false;
		}
		return this.jdbc.query(FILES, (row, number) -> row.getString(1)).equals(before);
	}

	private static String name(int number) {
		return "c" + number;
	}

}
