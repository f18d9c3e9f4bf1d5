package dev.concertina.dualwrite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.concertina.failure.Problem;

/**
 * Which interface is implemented by which two beans, and what is wrong with the marks.
 *
 * @param routed the interfaces that have both sides
 * @param problems everything that was found
 */
record RoutedInterfaces(List<RoutedInterface> routed, List<Problem> problems) {

	RoutedInterfaces {
		routed = List.copyOf(routed);
		problems = List.copyOf(problems);
	}

	static RoutedInterfaces of(List<MarkedBean> beans) {
		List<RoutedInterface> routed = new ArrayList<>();
		List<Problem> problems = new ArrayList<>();
		Map<String, List<MarkedBean>> changes = beans.stream()
			.collect(Collectors.groupingBy(MarkedBean::change, LinkedHashMap::new, Collectors.toList()));
		changes.forEach((change, sides) -> new OfChange(change, sides, routed, problems).pair());
		return new RoutedInterfaces(routed, problems);
	}

	/**
	 * The sides of one change, which may have several interfaces.
	 */
	private record OfChange(String change, List<MarkedBean> sides, List<RoutedInterface> routed,
			List<Problem> problems) {

		void pair() {
			this.sides.forEach(this::requireUsable);
			Set<Class<?>> interfaces = this.sides.stream()
				.map(MarkedBean::interfaces)
				.flatMap(Collection::stream)
				.collect(Collectors.toCollection(LinkedHashSet::new));
			interfaces.forEach(this::pair);
		}

		private void requireUsable(MarkedBean side) {
			side.markedClasses()
				.forEach((type) -> add(type.getName() + " is no interface, and has @DualWrite",
						"Move the annotation to an interface that both sides implement."));
			if (side.interfaces().isEmpty()) {
				add("%s, %s, implements no interface with @DualWrite(\"%s\")".formatted(side, side.type().getName(),
						this.change), "Annotate the interface that both sides implement.");
			}
			if (side.primary()) {
				add(side + " is marked as @Primary, as the router has to be",
						"Remove @Primary; whoever needs this side by itself injects it by its class or name.");
			}
		}

		private void pair(Class<?> type) {
			List<MarkedBean> old = of(type, Side.OLD);
			List<MarkedBean> fresh = of(type, Side.NEW);
			requireOne(type, old, "old", "OldStructure");
			requireOne(type, fresh, "new", "NewStructure");
			if (old.size() == 1 && fresh.size() == 1) {
				this.routed.add(new RoutedInterface(type, old.get(0), fresh.get(0)));
			}
		}

		private List<MarkedBean> of(Class<?> type, Side side) {
			return this.sides.stream()
				.filter((bean) -> bean.side() == side && bean.interfaces().contains(type))
				.toList();
		}

		private void requireOne(Class<?> type, List<MarkedBean> found, String side, String annotation) {
			if (found.isEmpty()) {
				add("%s has no %s side".formatted(type.getName(), side),
						"Annotate the bean that implements it for the %s structure with @%s(\"%s\").".formatted(side,
								annotation, this.change));
			}
			if (found.size() > 1) {
				add("%s has %d %s sides: %s".formatted(type.getName(), found.size(), side, names(found)),
						"Leave @%s(\"%s\") at one of them.".formatted(annotation, this.change));
			}
		}

		private static String names(List<MarkedBean> found) {
			return found.stream().map(MarkedBean::toString).collect(Collectors.joining(", "));
		}

		private void add(String what, String action) {
			this.problems.add(new Problem("change '%s'".formatted(this.change), what, action));
		}

	}

}
