package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.concertina.schema.Identifier;
import dev.concertina.schema.TableName;

/**
 * The partitions of a table that is made. A value that fits in no other one goes to the
 * default partition: whatever could be written so far can be written from now on, also if
 * nobody makes partitions in time.
 *
 * @param operation what is wanted
 * @param made the table
 * @param finalName the name that it has at the end, of which those of its partitions are
 * made
 */
record PartitionLayout(PartitionTable operation, TableName made, TableName finalName) {

	String clause() {
		return "PARTITION BY %s (%s)".formatted(this.operation.by(), this.operation.column().quoted());
	}

	/**
	 * Return the statements that make the partitions.
	 * @param options their storage options, which the whole table can't have
	 */
	List<String> create(String options) {
		String with = options.isEmpty() ? "" : " WITH (%s)".formatted(options);
		return switch (this.operation.by()) {
			case RANGE -> byRange(with);
			case LIST -> byList(with);
			case HASH -> byHash(with);
		};
	}

	private List<String> byRange(String with) {
		PartitionsAhead ahead = ahead().orElseThrow();
		String from = Objects.requireNonNull(this.operation.from());
		return List.of(partition(ahead.defaultPartition(), "DEFAULT", with), ahead.earlier(from, with),
				ahead.sql(from));
	}

	private List<String> byList(String with) {
		List<String> statements = new ArrayList<>();
		this.operation.partitions()
			.forEach((part) -> statements
				.add(partition(part.name(), "FOR VALUES IN (%s)".formatted(part.literals()), with)));
		statements.add(partition(Identifier.ending(this.finalName.name(), PartitionsAhead.DEFAULT), "DEFAULT", with));
		return statements;
	}

	private List<String> byHash(String with) {
		int modulus = Objects.requireNonNull(this.operation.modulus());
		return IntStream.range(0, modulus)
			.mapToObj((remainder) -> partition(Identifier.ending(this.finalName.name(), "_" + remainder),
					"FOR VALUES WITH (MODULUS %d, REMAINDER %d)".formatted(modulus, remainder), with))
			.toList();
	}

	private String partition(Identifier name, String values, String with) {
		return "CREATE TABLE %s PARTITION OF %s %s%s"
			.formatted(new TableName(this.made.schema(), name.value()).quoted(), this.made.quoted(), values, with);
	}

	/**
	 * Return the partitions for the time to come, if the table has such.
	 */
	Optional<PartitionsAhead> ahead() {
		return Optional.ofNullable(this.operation.every())
			.map((every) -> new PartitionsAhead(this.made, this.finalName, every,
					Objects.requireNonNull(this.operation.ahead())));
	}

}
