package dev.concertina.operation;

import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.change.AtLeastOne;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.Identifier;

/**
 * A partition with the rows that have some values.
 *
 * @param name its name
 * @param values the values
 */
public record ListPartition(Identifier name, @AtLeastOne List<String> values) {

	public ListPartition {
		values = List.copyOf(values);
		if (values.isEmpty()) {
			throw new InvalidDefinitionException("Partition %s has no values".formatted(name),
					"List its values under 'values'; all others go to the default partition.");
		}
	}

	/**
	 * Return a partition.
	 * @param name its name
	 * @param values the values of its rows
	 * @return the partition
	 */
	public static ListPartition of(String name, String... values) {
		return new ListPartition(Identifier.of(name), List.of(values));
	}

	String literals() {
		return this.values.stream().map(Identifier::literal).collect(Collectors.joining(", "));
	}

}
