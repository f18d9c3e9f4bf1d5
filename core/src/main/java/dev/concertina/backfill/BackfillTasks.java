package dev.concertina.backfill;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The tasks of an application by the names that its changes use. Immutable.
 */
public final class BackfillTasks {

	private static final BackfillTasks NONE = new BackfillTasks(Map.of());

	private final Map<String, Supplier<? extends BackfillTask<?>>> suppliers;

	private BackfillTasks(Map<String, Supplier<? extends BackfillTask<?>>> suppliers) {
		this.suppliers = suppliers;
	}

	/**
	 * Return no tasks.
	 * @return the empty set, to which tasks can be added
	 */
	public static BackfillTasks none() {
		return NONE;
	}

	/**
	 * Return these tasks and one more.
	 * @param name its name
	 * @param task what gives the task when its first batch begins, as what it needs may
	 * not be there while the database is migrated
	 * @return the tasks
	 */
	public BackfillTasks with(String name, Supplier<? extends BackfillTask<?>> task) {
		Map<String, Supplier<? extends BackfillTask<?>>> more = new TreeMap<>(this.suppliers);
		more.put(name, task);
		return new BackfillTasks(more);
	}

	/**
	 * Return the names of all tasks.
	 * @return the names in their order
	 */
	public Set<String> names() {
		return this.suppliers.keySet();
	}

	/**
	 * Make sure that tasks are there.
	 * @param names the names of the tasks
	 * @throws MissingTaskException if one is not
	 */
	public void require(Set<String> names) {
		Set<String> missing = new TreeSet<>(names);
		missing.removeAll(names());
		if (!missing.isEmpty()) {
			throw new MissingTaskException(missing, names());
		}
	}

	BackfillTask<?> get(String name) {
		Supplier<? extends BackfillTask<?>> supplier = this.suppliers.get(name);
		if (supplier == null) {
			throw new MissingTaskException(Set.of(name), names());
		}
		return supplier.get();
	}

}
