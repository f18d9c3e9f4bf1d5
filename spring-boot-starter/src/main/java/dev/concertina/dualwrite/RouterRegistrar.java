package dev.concertina.dualwrite;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

import dev.concertina.failure.Problem;

/**
 * Adds a router for each interface that has an old and a new side, and refuses marks that
 * can't be meant. Looks at definitions only: no bean is made for it, and an application
 * without marks gets nothing.
 */
public final class RouterRegistrar implements BeanDefinitionRegistryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(RouterRegistrar.class);

	private static final String CHECK = RouterCheck.class.getName();

	private static final String ROUTED = RoutedChanges.class.getName();

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!(registry instanceof ConfigurableListableBeanFactory beans)) {
			return;
		}
		List<MarkedBean> marked = new MarkedBeans(beans).find();
		if (marked.isEmpty()) {
			return;
		}
		RoutedInterfaces interfaces = RoutedInterfaces.of(marked);
		List<Problem> problems = new ArrayList<>(interfaces.problems());
		for (RoutedInterface routed : interfaces.routed()) {
			problems.addAll(new Methods(routed).problems());
			requireComparator(registry, routed.type(), problems);
		}
		if (!problems.isEmpty()) {
			throw new InvalidDualWritesException(problems);
		}
		Set<String> changes = new LinkedHashSet<>();
		Set<String> others = new LinkedHashSet<>();
		for (RoutedInterface routed : interfaces.routed()) {
			@Nullable String other = otherPrimary(beans, routed.type());
			if (other == null) {
				register(registry, name(routed.type()), router(routed));
			}
			else {
				warn(routed, other);
				others.add(routed.oldSide().change());
			}
			changes.add(routed.oldSide().change());
		}
		changes.removeAll(others);
		register(registry, ROUTED, routed(changes));
		register(registry, CHECK, check());
	}

	private static void warn(RoutedInterface routed, String other) {
		logger.warn(
				"{} - Bean '{}' is the @Primary one of {}, so Concertina does not route it, nor tells that this instance writes both structures. Remove @Primary; or declare a bean of RoutedChanges if it does write both",
				routed.oldSide().change(), other, routed.type().getName());
	}

	private static void requireComparator(BeanDefinitionRegistry registry, Class<?> type, List<Problem> problems) {
		DualWrite mark = type.getAnnotation(DualWrite.class);
		if (!mark.comparator().isEmpty() && !registry.containsBeanDefinition(mark.comparator())) {
			problems.add(new Problem("change '%s'".formatted(mark.value()),
					"There is no bean '%s', and %s names it as its comparator".formatted(mark.comparator(),
							type.getName()),
					"Declare a ResultComparator of that name."));
		}
	}

	/**
	 * Return what the application injects instead of a router: who has one of their own
	 * keeps it. At build time we may have been here before.
	 */
	private static @Nullable String otherPrimary(ConfigurableListableBeanFactory beans, Class<?> type) {
		return Stream.of(beans.getBeanNamesForType(type, true, false))
			.filter((name) -> !name.equals(name(type)))
			.filter(beans::containsBeanDefinition)
			.filter((name) -> beans.getMergedBeanDefinition(name).isPrimary())
			.findFirst()
			.orElse(null);
	}

	private static void register(BeanDefinitionRegistry registry, String name, BeanDefinition definition) {
		if (!registry.containsBeanDefinition(name)) {
			registry.registerBeanDefinition(name, definition);
		}
	}

	/**
	 * Return the name of the bean.
	 */
	static String name(Class<?> type) {
		return type.getName() + ".router";
	}

	private static RootBeanDefinition router(RoutedInterface routed) {
		RootBeanDefinition definition = new RootBeanDefinition(RouterFactoryBean.class);
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, routed.type());
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, routed.type().getName());
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, routed.oldSide().name());
		definition.getConstructorArgumentValues().addIndexedArgumentValue(2, routed.newSide().name());
		definition.setPrimary(true);
		return definition;
	}

	private static RootBeanDefinition routed(Set<String> changes) {
		RootBeanDefinition definition = new RootBeanDefinition(RoutedChanges.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, List.copyOf(changes));
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		return definition;
	}

	private static RootBeanDefinition check() {
		RootBeanDefinition definition = new RootBeanDefinition(RouterCheck.class);
		definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		return definition;
	}

}
