package dev.concertina.dualwrite;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.scheduling.annotation.Async;

/**
 * Why a write would not be in the transaction of its caller, or could not be made twice.
 */
final class Detached {

	private static final Set<String> ELSEWHERE = Set.of("REQUIRES_NEW", "NOT_SUPPORTED", "NEVER");

	/**
	 * What says how a transaction goes on, by name: an application may lack the second.
	 */
	private static final List<Mark> MARKS = List.of(
			new Mark("org.springframework.transaction.annotation.Transactional", "propagation"),
			new Mark("jakarta.transaction.Transactional", "value"));

	/** What can be read once only. */
	private static final List<Class<?>> ONCE = List.of(InputStream.class, Reader.class, Iterator.class,
			BaseStream.class);

	/** What is read when the method has returned. */
	private static final List<Class<?>> LATER = List.of(AutoCloseable.class, Iterator.class, Future.class,
			CompletionStage.class);

	private static final String SUSPENDED = "kotlin.coroutines.Continuation";

	private Detached() {
	}

	static Stream<String> reasons(Method method, Class<?> type) {
		Stream.Builder<String> reasons = Stream.builder();
		if (isLater(method.getReturnType())) {
			reasons.add("writes, and returns a %s: what it does may be outside of the transaction"
				.formatted(method.getReturnType().getSimpleName()));
		}
		Class<?>[] parameters = method.getParameterTypes();
		if (parameters.length > 0 && parameters[parameters.length - 1].getName().equals(SUSPENDED)) {
			reasons.add("writes, and is a suspend function: it may go on outside of the transaction");
		}
		Stream.of(parameters)
			.filter((parameter) -> isAnyOf(ONCE, parameter))
			.forEach((parameter) -> reasons
				.add("writes, and has a parameter of type %s: nothing is left of it for the second structure"
					.formatted(parameter.getSimpleName())));
		if (AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(type, Async.class)) {
			reasons.add("writes, and is @Async in %s: it would be outside of the transaction"
				.formatted(type.getSimpleName()));
		}
		propagation(method).or(() -> propagation(type))
			.filter(ELSEWHERE::contains)
			.ifPresent((propagation) -> reasons
				.add("writes, and has propagation %s in %s: it would be outside of the transaction"
					.formatted(propagation, type.getSimpleName())));
		return reasons.build();
	}

	private static Optional<String> propagation(AnnotatedElement element) {
		MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
		return MARKS.stream()
			.map((mark) -> annotations.get(mark.annotation()).getValue(mark.attribute()))
			.flatMap(Optional::stream)
			.map(Object::toString)
			.findFirst();
	}

	private static boolean isLater(Class<?> returned) {
		return isAnyOf(LATER, returned) || ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) != null;
	}

	private static boolean isAnyOf(List<Class<?>> kinds, Class<?> type) {
		return kinds.stream().anyMatch((kind) -> kind.isAssignableFrom(type));
	}

	private record Mark(String annotation, String attribute) {

	}

}
