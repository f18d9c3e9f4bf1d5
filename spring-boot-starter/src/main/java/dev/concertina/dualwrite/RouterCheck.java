package dev.concertina.dualwrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.dao.DataAccessException;

import dev.concertina.ChangeStates;
import dev.concertina.change.ChangeId;
import dev.concertina.failure.Problem;

/**
 * Looks, before the application serves anybody, for what can be told only when its beans
 * are there: changes that don't exist, a state that can't be read, sides that write in
 * transactions of their own, and beans that go past a router.
 */
class RouterCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(RouterCheck.class);

	private final ConfigurableListableBeanFactory beans;

	private final ChangeStates states;

	private final @Nullable KnownChanges known;

	RouterCheck(ConfigurableListableBeanFactory beans, ChangeStates states, ObjectProvider<KnownChanges> known) {
		this.beans = beans;
		this.states = states;
		this.known = known.getIfAvailable();
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<Problem> problems = new ArrayList<>();
		List<RouterFactoryBean<?>> routers = routers();
		routers.forEach((router) -> requireChange(router, problems));
		routers.forEach((router) -> requireTransaction(router.routed(), problems));
		if (!problems.isEmpty()) {
			throw new InvalidDualWritesException(problems);
		}
		routers.forEach((router) -> this.beans.getBean(RouterRegistrar.name(router.getObjectType())));
		routers.forEach((router) -> warn(router.routed(), routers));
		routers.stream().map((router) -> router.mark().value()).distinct().forEach(this::requireState);
	}

	private List<RouterFactoryBean<?>> routers() {
		List<RouterFactoryBean<?>> routers = new ArrayList<>();
		this.beans.getBeansOfType(RouterFactoryBean.class, true, false).values().forEach(routers::add);
		return routers;
	}

	private void requireChange(RouterFactoryBean<?> router, List<Problem> problems) {
		String change = router.mark().value();
		if (this.known != null && this.known.ids().stream().noneMatch((id) -> id.value().equals(change))) {
			problems.add(new Problem("change '%s'".formatted(change),
					"The application has no such change, and %s names it".formatted(router.getObjectType().getName()),
					this.known.ids().isEmpty() ? "Write the change first."
							: "Use one of these: %s.".formatted(names(this.known.ids()))));
		}
	}

	private static String names(List<ChangeId> ids) {
		return ids.stream().map(ChangeId::value).collect(Collectors.joining(", "));
	}

	/**
	 * A right that is missing fails the start; a database that is not there yet does not.
	 */
	private void requireState(String change) {
		try {
			this.states.state(change);
		}
		catch (DataAccessException ex) {
			logger.warn("{} - How it stands can't be read yet: {}", change, ex.getMessage());
		}
	}

	/**
	 * What a {@code @Bean} method makes may say more than what it returns. A side that is
	 * not there yet is made for nobody's sake.
	 */
	private void requireTransaction(RoutedInterface routed, List<Problem> problems) {
		SideTransactions transactions = new SideTransactions(this.beans, routed);
		Stream.of(routed.oldSide().name(), routed.newSide().name())
			.filter(this.beans::containsSingleton)
			.map((name) -> AopUtils.getTargetClass(this.beans.getBean(name)))
			.forEach((type) -> problems.addAll(transactions.problems(type)));
	}

	private void warn(RoutedInterface routed, List<RouterFactoryBean<?>> routers) {
		String name = RouterRegistrar.name(routed.type());
		List<MarkedBean> sides = List.of(routed.oldSide(), routed.newSide());
		Set<String> ours = Stream
			.concat(sides.stream().map(MarkedBean::name),
					routers.stream().map((router) -> RouterRegistrar.name(router.getObjectType())))
			.collect(Collectors.toSet());
		for (MarkedBean side : sides) {
			Stream.of(this.beans.getDependentBeans(side.name()))
				.filter((dependent) -> !ours.contains(dependent))
				.forEach((dependent) -> logger.warn(
						"{} - Bean '{}' uses {} past the router: what it writes there does not reach the other structure",
						side.change(), dependent, side));
			if (List.of(this.beans.getDependenciesForBean(side.name())).contains(name)) {
				logger.warn("{} - The router is used by {}, which it calls: a write of that is routed again, to both",
						side.change(), side);
			}
		}
	}

}
