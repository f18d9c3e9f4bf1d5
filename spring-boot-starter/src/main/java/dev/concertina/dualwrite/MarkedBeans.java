package dev.concertina.dualwrite;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds what is marked as a side by the definitions of the beans: none is made for it.
 */
final class MarkedBeans {

	private final ConfigurableListableBeanFactory beans;

	MarkedBeans(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	List<MarkedBean> find() {
		List<MarkedBean> found = new ArrayList<>();
		for (String name : this.beans.getBeanDefinitionNames()) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				try {
					find(name).ifPresent(found::add);
				}
				catch (BeansException | LinkageError ex) {
					// whose type can't be told can't be marked; who needs the bean is
					// told of it
				}
			}
		}
		return found;
	}

	private Optional<MarkedBean> find(String name) {
		BeanDefinition definition = this.beans.getMergedBeanDefinition(name);
		Class<?> type = definition.isAbstract() ? null : this.beans.getType(name, false);
		if (type == null) {
			return Optional.empty();
		}
		@Nullable OldStructure old = mark(name, type, OldStructure.class, NewStructure.class);
		@Nullable NewStructure fresh = mark(name, type, NewStructure.class, OldStructure.class);
		if (old != null) {
			return Optional.of(new MarkedBean(name, type, Side.OLD, old.value(), definition.isPrimary()));
		}
		return Optional.ofNullable(fresh)
			.map((mark) -> new MarkedBean(name, type, Side.NEW, mark.value(), definition.isPrimary()));
	}

	/**
	 * What a class says itself counts for more than what it inherits: the new structure's
	 * may extend the old one's.
	 */
	private <A extends Annotation> @Nullable A mark(String name, Class<?> type, Class<A> kind,
			Class<? extends Annotation> other) {
		if (type.getDeclaredAnnotation(kind) == null && type.getDeclaredAnnotation(other) != null) {
			return null;
		}
		return this.beans.findAnnotationOnBean(name, kind, false);
	}

}
