package dev.concertina.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.fleet.Instance;

/**
 * All databases of an application that have changes. An id is that of one change,
 * whatever the database.
 */
public final class ChangedDatabases {

	private final List<ChangedDatabase> all;

	/**
	 * Look at databases.
	 * @param all the databases, the one that Spring Boot's Flyway migrates first
	 */
	public ChangedDatabases(List<ChangedDatabase> all) {
		this.all = List.copyOf(all);
	}

	/**
	 * Return where all changes are.
	 * @return the changes of each database in the order of their versions
	 */
	public List<ChangeStatus> changes() {
		return readable().stream().flatMap((database) -> database.concertina().changes().stream()).toList();
	}

	/**
	 * Return what runs a change.
	 * @param change its id
	 * @return that of the database which knows it; of the first one, if none does
	 */
	public Concertina of(ChangeId change) {
		Concertina first = this.all.get(0).concertina();
		return (this.all.size() == 1) ? first
				: readable().stream()
					.map(ChangedDatabase::concertina)
					.filter((concertina) -> concertina.change(change).isPresent())
					.findFirst()
					.orElse(first);
	}

	/**
	 * Return who is there. An instance tells each database that it is there.
	 * @return the instances, each with what it has told any of them
	 */
	public List<Instance> instances() {
		Map<String, Instance> instances = new LinkedHashMap<>();
		readable().stream()
			.flatMap((database) -> database.fleet().get().stream())
			.forEach((instance) -> instances.merge(instance.id(), instance, ChangedDatabases::both));
		return List.copyOf(instances.values());
	}

	/**
	 * Tell of a statement that has failed as a table or a column does not exist.
	 * @param problem what PostgreSQL said
	 * @param by who has run it
	 */
	public void missed(String problem, String by) {
		readable().forEach((database) -> database.concertina().missed().look(problem, by));
	}

	private List<ChangedDatabase> readable() {
		return this.all.stream().filter(ChangedDatabase::isReadable).toList();
	}

	private static Instance both(Instance one, Instance other) {
		Map<ChangeId, String> acknowledged = new HashMap<>(one.acknowledged());
		acknowledged.putAll(other.acknowledged());
		return new Instance(one.id(), one.application(), one.version(), union(one.sessions(), other.sessions()),
				union(one.knows(), other.knows()), union(one.releases(), other.releases()),
				union(one.routes(), other.routes()), acknowledged, one.startedAt(), one.heartbeat());
	}

	private static <T> Set<T> union(Set<T> one, Set<T> other) {
		Set<T> union = new HashSet<>(one);
		union.addAll(other);
		return union;
	}

}
