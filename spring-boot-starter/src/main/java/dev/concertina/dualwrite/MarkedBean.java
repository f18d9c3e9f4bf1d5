package dev.concertina.dualwrite;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A bean that reads and writes one structure of a change.
 *
 * @param name its name
 * @param type its type, as far as the definition tells it
 * @param side the structure
 * @param change the id of the change
 * @param primary whether it is marked as primary
 */
record MarkedBean(String name, Class<?> type, Side side, String change, boolean primary) {

	/**
	 * Return what its callers know it by.
	 */
	List<Class<?>> interfaces() {
		return marked().filter(Class::isInterface).toList();
	}

	/**
	 * Return what is marked as if it were an interface.
	 */
	List<Class<?>> markedClasses() {
		return marked().filter((candidate) -> !candidate.isInterface()).toList();
	}

	private Stream<Class<?>> marked() {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (Class<?> current = this.type; current != null; current = current.getSuperclass()) {
			add(current, types);
		}
		return types.stream().filter(this::isMarked);
	}

	private static void add(Class<?> type, Set<Class<?>> types) {
		types.add(type);
		for (Class<?> parent : type.getInterfaces()) {
			add(parent, types);
		}
	}

	private boolean isMarked(Class<?> candidate) {
		DualWrite mark = candidate.getDeclaredAnnotation(DualWrite.class);
		return mark != null && mark.value().equals(this.change);
	}

	@Override
	public String toString() {
		return "bean '%s'".formatted(this.name);
	}

}
