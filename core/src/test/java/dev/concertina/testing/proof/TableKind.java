package dev.concertina.testing.proof;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a table may be, whatever an operation does with it. A table is made into it before
 * it has rows; the foreign keys from and to it stay.
 *
 * <p>
 * The kinds that operations can do with have further columns, each of another sort that
 * PostgreSQL has rules of its own for, and row-level security.
 */
public enum TableKind {

	/** The primary key has two columns. */
	COMPOSITE_KEY(
			"""
					EXECUTE drop_key;
					EXECUTE format('ALTER TABLE %1$s ADD part int NOT NULL DEFAULT 7, ADD PRIMARY KEY (%2$s, part)', target, key);"""),

	/** The primary key is drawn. */
	UUID_KEY("""
			EXECUTE drop_key;
			EXECUTE format('ALTER TABLE %s ADD "drawn key" uuid PRIMARY KEY DEFAULT gen_random_uuid()', target);"""),

	/** There is no primary key. */
	NO_KEY("EXECUTE drop_key;"),

	/** The table has two partitions. */
	PARTITIONED(
			"""
					EXECUTE format('ALTER TABLE %s RENAME TO "not partitioned"', target);
					EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE %1$I."not partitioned" INCLUDING ALL EXCLUDING INDEXES) PARTITION BY HASH (%3$s)',
					               space, name, key);
					FOR number IN 0 .. 1 LOOP
					  EXECUTE format('CREATE TABLE %1$I.%2$I PARTITION OF %1$I.%3$I FOR VALUES WITH (MODULUS 2, REMAINDER %4$s)',
					                 space, 'partition ' || number, name, number);
					END LOOP;
					FOREACH statement IN ARRAY own_sequences LOOP
					  EXECUTE statement;
					END LOOP;
					EXECUTE format('DROP TABLE %I."not partitioned"', space);
					FOREACH statement IN ARRAY own_indexes LOOP
					  EXECUTE statement;
					END LOOP;"""),

	/** Another table inherits from it. */
	INHERITED("EXECUTE format('CREATE TABLE heir () INHERITS (%s)', target);"),

	/** The table is the only partition of another one. */
	PARTITION(
			"""
					EXECUTE format('CREATE TABLE whole (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS) PARTITION BY RANGE (%s)',
					               target, key);
					EXECUTE format('ALTER TABLE whole ATTACH PARTITION %s DEFAULT', target);""");

	/** The column that has another value in each database. */
	static final String DRAWN = "drawn key";

	private static final String[] COLUMNS = { "CREATE DOMAIN filled AS text DEFAULT 'none' CHECK (value <> '')", """
			ALTER TABLE |table|
			  ADD "of a domain" filled,
			  ADD "an array" text[] DEFAULT '{a,b}',
			  ADD "generated" int GENERATED ALWAYS AS (cardinality("an array")) STORED,
			  ADD "an identity" int GENERATED ALWAYS AS IDENTITY""" };

	private static final String[] ROW_SECURITY = { "ALTER TABLE |table| ENABLE ROW LEVEL SECURITY",
			"CREATE POLICY everyone ON |table| USING (true)" };

	/** A foreign key needs a key, so one that is dropped stays unique if it has some. */
	private static final String CHANGE = """
			DO $kind$
			DECLARE
			  id regclass := $name$|table|$name$;
			  target text := id;
			  name text := (SELECT relname FROM pg_class WHERE oid = id);
			  space text := (SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE c.oid = id);
			  key text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY place)
			                 FROM pg_constraint, unnest(conkey) WITH ORDINALITY AS k (attnum, place)
			                 JOIN pg_attribute a USING (attnum)
			                WHERE conrelid = id AND contype = 'p' AND attrelid = id);
			  drop_key text := (SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', target, conname)
			                           || CASE WHEN id IN (SELECT confrelid FROM pg_constraint)
			                                   THEN format(', ADD UNIQUE (%s)', key) ELSE '' END
			                      FROM pg_constraint
			                     WHERE conrelid = id AND contype = 'p');
			  own_sequences text[] := ARRAY(SELECT format('ALTER SEQUENCE %s OWNED BY %s.%I', sequence, target, attname)
			                                  FROM pg_attribute, pg_get_serial_sequence(target, attname) AS sequence
			                                 WHERE attrelid = id AND attnum > 0 AND attidentity = '' AND sequence IS NOT NULL);
			  own_indexes text[] := ARRAY(SELECT CASE WHEN c.oid IS NULL THEN pg_get_indexdef(indexrelid)
			                                     ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', target, conname, pg_get_constraintdef(c.oid)) END
			                                FROM pg_index
			                                LEFT JOIN pg_constraint c ON conrelid = id AND conindid = indexrelid AND contype IN ('p', 'u')
			                               WHERE indrelid = id
			                               ORDER BY indexrelid);
			  drop_references text[] := ARRAY(SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
			                                    FROM pg_constraint
			                                   WHERE contype = 'f' AND id IN (conrelid, confrelid)
			                                   ORDER BY oid);
			  add_references text[] := ARRAY(SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
			                                   FROM pg_constraint
			                                  WHERE contype = 'f' AND id IN (conrelid, confrelid)
			                                  ORDER BY oid);
			  statement text;
			BEGIN
			  FOREACH statement IN ARRAY drop_references LOOP
			    EXECUTE statement;
			  END LOOP;
			  |change|
			  FOREACH statement IN ARRAY add_references LOOP
			    EXECUTE statement;
			  END LOOP;
			END $kind$""";

	private final String change;

	TableKind(String change) {
		this.change = change;
	}

	/**
	 * Returns the statements that make a table, with its quoted name, into one of this
	 * kind.
	 */
	List<String> statements(String table) {
		Stream<String> change = Stream.of(CHANGE.replace("|change|", this.change));
		Stream<String> all = switch (this) {
			case INHERITED, PARTITION -> change;
			default -> Stream.of(Stream.of(COLUMNS), change, Stream.of(ROW_SECURITY)).flatMap((part) -> part);
		};
		return all.map((statement) -> statement.replace("|table|", table)).toList();
	}

}
