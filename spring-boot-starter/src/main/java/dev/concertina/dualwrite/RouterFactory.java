package dev.concertina.dualwrite;

import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;

import dev.concertina.ChangeStates;
import dev.concertina.change.ChangeId;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.Problem;

/**
 * Makes routers of what the application has: its transaction managers, its comparators
 * and listeners.
 */
public final class RouterFactory {

	private final BeanFactory beans;

	private final Rules rules;

	private final ChangeStates states;

	private final ShadowOptions shadows;

	private final Predicate<String> comparable;

	private final ShadowReports reports;

	/**
	 * Make a factory.
	 * @param beans where the sides are, and what they need
	 * @param states how changes stand
	 * @param shadows how shadow reads are made
	 * @param events where differences are published
	 * @param holdBack what moves the reads of a change back to its old structure
	 */
	public RouterFactory(BeanFactory beans, ChangeStates states, ShadowOptions shadows,
			ApplicationEventPublisher events, Consumer<ChangeId> holdBack) {
		this.beans = beans;
		this.rules = new Rules(states);
		this.states = states;
		this.shadows = shadows;
		this.comparable = (states instanceof JdbcChangeStates jdbc) ? jdbc::areComparable : (change) -> true;
		List<ShadowListener> listeners = beans.getBeanProvider(ShadowListener.class).orderedStream().toList();
		this.reports = new ShadowReports(shadows,
				(change, outcome) -> listeners.forEach((listener) -> listener.on(change, outcome)), events, states,
				holdBack, Clock.systemUTC());
	}

	/**
	 * Return in whose transactions both sides are written.
	 */
	PlatformTransactionManager manager(DualWrite mark) {
		PlatformTransactionManager manager = mark.transactionManager().isEmpty()
				? this.beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique()
				: this.beans.getBean(mark.transactionManager(), PlatformTransactionManager.class);
		if (manager == null) {
			throw new ConcertinaException("Dual writes need a transaction manager, and there is not a single one",
					"Declare a PlatformTransactionManager for the data source of both sides, and mark it with @Primary if there are several.");
		}
		if (this.states instanceof JdbcChangeStates jdbc && !jdbc.isReadIn(mark.value(), manager)) {
			throw new ConcertinaException(
					"The transaction manager of change '%s' is not that of its data source".formatted(mark.value()),
					"Name it in @DualWrite(transactionManager), or mark the PlatformTransactionManager and the DataSource of both sides with @Primary.");
		}
		return manager;
	}

	<T> T router(RoutedInterface routed, Class<T> type) {
		DualWrite mark = type.getAnnotation(DualWrite.class);
		Methods methods = new Methods(routed);
		List<Problem> problems = methods.problems();
		if (!problems.isEmpty()) {
			throw new InvalidDualWritesException(problems);
		}
		BooleanSupplier bound = (this.states instanceof JdbcChangeStates jdbc)
				? () -> jdbc.isReadInTransaction(mark.value()) : () -> true;
		Transactions transactions = new Transactions(manager(mark), bound);
		Router router = new Router(type, mark, new Routes(methods),
				(side) -> this.beans.getBean(routed.side(side).name()), this.rules, transactions,
				new ShadowReads(this.shadows, transactions, comparator(mark), this.comparable, this.reports));
		return ProxyFactory.getProxy(type, router);
	}

	private ResultComparator comparator(DualWrite mark) {
		ObjectProvider<ResultComparator> comparators = this.beans.getBeanProvider(ResultComparator.class);
		@Nullable ResultComparator comparator = mark.comparator().isEmpty() ? comparators.getIfUnique()
				: this.beans.getBean(mark.comparator(), ResultComparator.class);
		return (comparator != null) ? comparator : ResultComparator.equal();
	}

}
