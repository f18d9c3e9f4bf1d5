package dev.concertina.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Change;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.TableName;

/**
 * The partitions of a table for the time to come, made before their rows are. What is
 * there already is left alone, so it can be run at any time and by any instance.
 *
 * <p>
 * A partition is made first and attached then, which lets those who use the others go on;
 * only the default partition, which is mostly empty, is locked and read.
 */
public final class PartitionsAhead {

	static final String DEFAULT = "_default";

	/** A date, and a timestamp without a time zone, take no notice of the zone. */
	private static final String MIDNIGHT = " 00:00:00+00";

	private static final String MAKE = """
			DECLARE
			  options text := (SELECT ' WITH (' || pg_catalog.array_to_string(c.reloptions, ', ') || ')'
			                     FROM pg_catalog.pg_class c
			                    WHERE c.oid = «default»::pg_catalog.regclass);
			  today timestamp := pg_catalog.date_trunc(«unit», pg_catalog.now() AT TIME ZONE 'UTC');
			  first_day timestamp;
			  part text;
			BEGIN
			  FOR first_day IN SELECT pg_catalog.generate_series(«from», today + «ahead» * interval «one», interval «one») LOOP
			    part := pg_catalog.format('%I.%I', «schema», «prefix» || pg_catalog.to_char(first_day, «format»));
			    IF NOT EXISTS (SELECT FROM pg_catalog.pg_inherits
			                    WHERE inhparent = «table»::pg_catalog.regclass AND inhrelid = pg_catalog.to_regclass(part)) THEN
			      EXECUTE pg_catalog.format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS'
			                     ' INCLUDING STORAGE INCLUDING COMPRESSION)%s', part, «table», options);
			      EXECUTE pg_catalog.format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', «table», part,
			                     pg_catalog.to_char(first_day, 'YYYY-MM-DD') || «midnight»,
			                     pg_catalog.to_char(first_day + interval «one», 'YYYY-MM-DD') || «midnight»);
			    END IF;
			  END LOOP;
			END""";

	private final TableName table;

	private final TableName finalName;

	private final PartitionPeriod every;

	private final int ahead;

	PartitionsAhead(TableName table, TableName finalName, PartitionPeriod every, int ahead) {
		this.table = table;
		this.finalName = finalName;
		this.every = every;
		this.ahead = ahead;
	}

	/**
	 * Return what a change has promised.
	 * @param change a change, which is completed
	 * @param schema the schema of tables that are named without one
	 * @return the partitions of each table that it partitions by time
	 */
	public static List<PartitionsAhead> of(Change change, String schema) {
		return change.operations()
			.stream()
			.flatMap((operation) -> (operation instanceof PartitionTable table) ? table.ahead(schema).stream()
					: Stream.of())
			.toList();
	}

	/**
	 * Return the table that is partitioned.
	 * @return its qualified name
	 */
	public TableName table() {
		return this.table;
	}

	/**
	 * Return the step that makes what is missing from today on.
	 * @return the step
	 */
	public Ddl step() {
		return Ddl.of("make the next partitions of %s".formatted(this.table),
				List.of(TableLock.besideWrites(this.table),
						TableLock.exclusive(new TableName(this.table.schema(), defaultPartition().value()))),
				List.of(sql(null)), List.of());
	}

	/**
	 * Return the statement that makes what is missing.
	 * @param from the first day, or {@code null} for today
	 */
	String sql(@Nullable String from) {
		String first = Optional.ofNullable(from)
			.map((day) -> "timestamp %s".formatted(Identifier.literal(this.every.first(day))))
			.orElse("today");
		String schema = String.valueOf(this.table.schema());
		return "DO " + RowSql.dollarQuoted(new SqlTemplate(Map.ofEntries(Map.entry("table", this.table.literal()),
				Map.entry("default", new TableName(schema, defaultPartition().value()).literal()),
				Map.entry("unit", Identifier.literal(this.every.unit())),
				Map.entry("one", Identifier.literal("1 " + this.every.unit())), Map.entry("from", first),
				Map.entry("ahead", String.valueOf(this.ahead)), Map.entry("schema", Identifier.literal(schema)),
				Map.entry("prefix", Identifier.literal(prefix())), Map.entry("midnight", Identifier.literal(MIDNIGHT)),
				Map.entry("format", Identifier.literal(this.every.format()))))
			.filled(MAKE));
	}

	Identifier defaultPartition() {
		return Identifier.ending(this.finalName.name(), DEFAULT);
	}

	/**
	 * Return the statement that makes the partition for what is older than the others.
	 */
	String earlier(String from, String with) {
		Identifier name = Identifier.ending(this.finalName.name(), "_earlier");
		return "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (MINVALUE) TO (%s)%s".formatted(
				new TableName(this.table.schema(), name.value()).quoted(), this.table.quoted(),
				Identifier.literal(this.every.first(from) + MIDNIGHT), with);
	}

	private String prefix() {
		String longest = Identifier.ending(this.finalName.name(), PartitionPeriod.LONGEST_END).value();
		return longest.substring(0, longest.length() - PartitionPeriod.LONGEST_END.length());
	}

}
