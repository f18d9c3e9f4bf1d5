package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;

import dev.concertina.failure.Problem;

/**
 * Finds writes of a side that leave the transaction of their router, or are in one of
 * another manager.
 */
final class SideTransactions {

	private final ConfigurableListableBeanFactory beans;

	private final Methods methods;

	private final Supplier<TransactionManager> ours;

	SideTransactions(ConfigurableListableBeanFactory beans, RoutedInterface routed) {
		this.beans = beans;
		this.methods = new Methods(routed);
		this.ours = () -> beans.getBean(RouterFactory.class).manager(routed.type().getAnnotation(DualWrite.class));
	}

	/**
	 * Return what is wrong with a side, by the class of its instance.
	 */
	List<Problem> problems(Class<?> type) {
		return this.methods.writes()
			.flatMap((method) -> reasons(AopUtils.getMostSpecificMethod(method, type), type)
				.map((reason) -> this.methods.leaving(method, reason)))
			.toList();
	}

	private Stream<String> reasons(Method method, Class<?> type) {
		return Stream.concat(Detached.reasons(method, type), named(method, type).filter(this::isOther)
			.map((name) -> "writes, and has transaction manager '%s' in %s: it would be outside of the transaction"
				.formatted(name, type.getSimpleName()))
			.stream());
	}

	private static Optional<String> named(Method method, Class<?> type) {
		@Nullable Transactional ofMethod = AnnotatedElementUtils.findMergedAnnotation(method, Transactional.class);
		@Nullable Transactional transactional = (ofMethod != null) ? ofMethod
				: AnnotatedElementUtils.findMergedAnnotation(type, Transactional.class);
		return Optional.ofNullable(transactional).map(Transactional::transactionManager).filter(StringUtils::hasText);
	}

	private boolean isOther(String name) {
		TransactionManager manager = BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beans,
				TransactionManager.class, Objects.requireNonNullElse(this.beans.resolveEmbeddedValue(name), name));
		return !manager.equals(this.ours.get());
	}

}
