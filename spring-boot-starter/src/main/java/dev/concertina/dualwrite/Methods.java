package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.aop.support.AopUtils;

import dev.concertina.failure.Problem;

/**
 * Tells which methods of an interface read, and which write.
 *
 * <ol>
 * <li>{@link Reads @Reads} or {@link Writes @Writes} of the interface's method decide.
 * <li>Otherwise these annotations of either side, Spring Data's {@code @Modifying},
 * {@code @Lock} and {@code @Procedure}, {@code @Transactional} and the name tell it.
 * <li>If nothing tells it, or not all tell the same, it is in doubt: a write that is
 * taken for a read would be lost on one side.
 * </ol>
 */
final class Methods {

	private final RoutedInterface routed;

	Methods(RoutedInterface routed) {
		this.routed = routed;
	}

	List<Method> all() {
		return Stream.of(this.routed.type().getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()))
			.sorted(Comparator.comparing(Methods::signature))
			.toList();
	}

	/**
	 * Return what a method does, which is in no doubt.
	 */
	Access access(Method method) {
		return clues(method).get(0).access();
	}

	/**
	 * Return each method that is in doubt, and each that would leave the transaction.
	 */
	List<Problem> problems() {
		List<Problem> problems = new ArrayList<>();
		for (Method method : all()) {
			List<Clue> clues = clues(method);
			if (accesses(clues).size() != 1) {
				problems.add(problem(method, doubt(clues),
						"Annotate it with @Reads or @Writes in %s.".formatted(this.routed.type().getSimpleName())));
			}
			else if (clues.get(0).access() == Access.WRITE) {
				Stream.of(Side.values())
					.flatMap((side) -> detached(method, this.routed.side(side).type()))
					.distinct()
					.forEach((reason) -> problems.add(leaving(method, reason)));
			}
		}
		return problems;
	}

	Stream<Method> writes() {
		return all().stream().filter((method) -> access(method) == Access.WRITE);
	}

	/**
	 * Return whether all that a method does is done in the transaction of the caller
	 * before it returns.
	 */
	boolean isInside(Method method) {
		return Stream.of(Side.values())
			.allMatch((side) -> detached(method, this.routed.side(side).type()).findAny().isEmpty());
	}

	private static Stream<String> detached(Method method, Class<?> type) {
		return Detached.reasons(AopUtils.getMostSpecificMethod(method, type), type);
	}

	/**
	 * Return that a write would leave the transaction.
	 */
	Problem leaving(Method method, String reason) {
		return problem(method, reason,
				"Let both sides write in the transaction of the caller, by values that can be read twice; or give it an interface of its own without @DualWrite.");
	}

	private Problem problem(Method method, String what, String action) {
		return new Problem("change '%s'".formatted(this.routed.oldSide().change()),
				"%s %s".formatted(signature(method), what), action);
	}

	private static String doubt(List<Clue> clues) {
		return clues.isEmpty() ? "reads or writes, and nothing tells which" : clues.stream()
			.map((clue) -> "%s (%s)".formatted((clue.access() == Access.READ) ? "reads" : "writes", clue.what()))
			.distinct()
			.collect(Collectors.joining(" and "));
	}

	private static Set<Access> accesses(List<Clue> clues) {
		return clues.stream().map(Clue::access).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private List<Clue> clues(Method method) {
		List<Clue> decisive = MethodMarks.own(method, this.routed.type().getSimpleName());
		if (!decisive.isEmpty()) {
			return decisive;
		}
		List<Clue> clues = new ArrayList<>(MethodName.clues(method.getName()));
		clues.addAll(MethodMarks.others(method, this.routed.type(), this.routed.type().getSimpleName()));
		for (Side side : Side.values()) {
			Class<?> type = this.routed.side(side).type();
			Method specific = specific(method, side);
			clues.addAll(MethodMarks.own(specific, type.getSimpleName()));
			clues.addAll(MethodMarks.others(specific, type, type.getSimpleName()));
		}
		return clues;
	}

	private Method specific(Method method, Side side) {
		return AopUtils.getMostSpecificMethod(method, this.routed.side(side).type());
	}

	/**
	 * Return how a person writes it.
	 */
	static String signature(Method method) {
		return Stream.of(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ",
					"%s.%s(".formatted(method.getDeclaringClass().getSimpleName(), method.getName()), ")"));
	}

}
