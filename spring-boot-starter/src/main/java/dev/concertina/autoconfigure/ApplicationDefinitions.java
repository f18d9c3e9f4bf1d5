package dev.concertina.autoconfigure;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.change.ChangeId;
import dev.concertina.failure.InvalidDefinitionException;

/**
 * The changes of an application, database by database. A version is one of its database;
 * an id is one of the application, as people and repositories name a change by nothing
 * else.
 *
 * @param first those of the database that Spring Boot's Flyway migrates
 * @param further those of further databases, by their names
 */
record ApplicationDefinitions(ChangeDefinitions first, Map<String, ChangeDefinitions> further) {

	ApplicationDefinitions {
		further = Map.copyOf(further);
		Set<ChangeId> seen = new HashSet<>();
		Stream.concat(Stream.of(first), further.values().stream())
			.flatMap((definitions) -> definitions.ids().stream())
			.filter((id) -> !seen.add(id))
			.findFirst()
			.ifPresent((id) -> {
				throw new InvalidDefinitionException("Change '%s' is one of several databases".formatted(id),
						"Give each an id of its own.");
			});
	}

	/**
	 * Leave some of them out.
	 * @param disabled those that may not run
	 * @throws InvalidDefinitionException if there is none with such an id, as it may have
	 * been meant to stop another one
	 */
	ApplicationDefinitions without(Set<ChangeId> disabled) {
		List<ChangeId> known = ids();
		disabled.stream().filter((id) -> !known.contains(id)).findFirst().ifPresent((id) -> {
			throw new InvalidDefinitionException("There is no change '%s' to be disabled".formatted(id),
					"Write one of %s under concertina.disabled.".formatted(known));
		});
		return new ApplicationDefinitions(this.first.without(disabled),
				this.further.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (each) -> each.getValue().without(disabled))));
	}

	/**
	 * Return the ids of all changes, also of those that may not run.
	 */
	List<ChangeId> ids() {
		return Stream.concat(Stream.of(this.first), this.further.values().stream())
			.flatMap((definitions) -> Stream.concat(definitions.ids().stream(), definitions.off().stream()))
			.toList();
	}

	/**
	 * Return the ids of the changes that may run.
	 */
	List<ChangeId> running() {
		return Stream.concat(Stream.of(this.first), this.further.values().stream())
			.flatMap((definitions) -> definitions.ids().stream())
			.toList();
	}

	/**
	 * Return the changes of a further database.
	 * @param name the name of the database
	 */
	ChangeDefinitions of(String name) {
		return this.further.getOrDefault(name, ChangeDefinitions.of(List.of(), List.of()));
	}

}
