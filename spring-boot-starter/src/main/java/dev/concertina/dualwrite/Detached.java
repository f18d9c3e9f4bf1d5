package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Why a write would not be in the transaction of its caller.
 */
final class Detached {

	private static final Set<Propagation> ELSEWHERE = EnumSet.of(Propagation.REQUIRES_NEW, Propagation.NOT_SUPPORTED,
			Propagation.NEVER);

	private Detached() {
	}

	static Stream<String> reasons(Method method, Class<?> type) {
		Stream.Builder<String> reasons = Stream.builder();
		if (isLater(method.getReturnType())) {
			reasons.add("writes, and returns a %s: what it does may be outside of the transaction"
				.formatted(method.getReturnType().getSimpleName()));
		}
		if (AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(type, Async.class)) {
			reasons.add("writes, and is @Async in %s: it would be outside of the transaction"
				.formatted(type.getSimpleName()));
		}
		@Nullable Transactional transactional = transactional(method, type);
		if (transactional != null && ELSEWHERE.contains(transactional.propagation())) {
			reasons.add("writes, and has propagation %s in %s: it would be outside of the transaction"
				.formatted(transactional.propagation(), type.getSimpleName()));
		}
		return reasons.build();
	}

	private static @Nullable Transactional transactional(Method method, Class<?> type) {
		@Nullable Transactional ofMethod = AnnotatedElementUtils.findMergedAnnotation(method, Transactional.class);
		return (ofMethod != null) ? ofMethod : AnnotatedElementUtils.findMergedAnnotation(type, Transactional.class);
	}

	/**
	 * Return whether something is still to come when the method has returned.
	 */
	static boolean isLater(Class<?> returned) {
		return Future.class.isAssignableFrom(returned) || CompletionStage.class.isAssignableFrom(returned)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) != null;
	}

}
