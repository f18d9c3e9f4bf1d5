package dev.concertina.dualwrite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
		interfaces.routed()
			.stream()
			.filter((routed) -> !hasPrimary(beans, routed.type()))
			.forEach((routed) -> register(registry, name(routed.type()), router(routed)));
		register(registry, ROUTED, routed(interfaces.routed()));
		register(registry, CHECK, check());
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
	 * Who has a router of their own keeps it; and at build time we may have been here
	 * before.
	 */
	private static boolean hasPrimary(ConfigurableListableBeanFactory beans, Class<?> type) {
		return Stream.of(beans.getBeanNamesForType(type, true, false))
			.filter(beans::containsBeanDefinition)
			.anyMatch((name) -> beans.getMergedBeanDefinition(name).isPrimary());
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

	private static RootBeanDefinition routed(List<RoutedInterface> interfaces) {
		RootBeanDefinition definition = new RootBeanDefinition(RoutedChanges.class);
		definition.getConstructorArgumentValues()
			.addIndexedArgumentValue(0,
					interfaces.stream()
						.map((routed) -> routed.type().getAnnotation(DualWrite.class).value())
						.distinct()
						.toList());
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
