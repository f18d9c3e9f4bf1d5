package dev.concertina.dualwrite;

import java.util.Objects;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.Assert;

/**
 * The bean that is injected for an interface with {@link DualWrite @DualWrite}.
 *
 * @param <T> the interface
 */
class RouterFactoryBean<T> implements FactoryBean<T>, BeanFactoryAware, BeanNameAware {

	private final Class<T> type;

	private final String oldSide;

	private final String newSide;

	private BeanFactory beans;

	private String name;

	@SuppressWarnings("NullAway.Init")
	RouterFactoryBean(Class<T> type, String oldSide, String newSide) {
		this.type = type;
		this.oldSide = oldSide;
		this.newSide = newSide;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beans = beanFactory;
	}

	@Override
	public void setBeanName(String name) {
		this.name = name;
	}

	@Override
	public Class<T> getObjectType() {
		return this.type;
	}

	/**
	 * The sides are asked for when they are called, so that they may need what needs the
	 * router; but they are destroyed after it.
	 */
	@Override
	public T getObject() {
		Assert.state(this.beans instanceof ConfigurableBeanFactory, "A router needs a configurable bean factory");
		ConfigurableBeanFactory configurable = (ConfigurableBeanFactory) this.beans;
		configurable.registerDependentBean(this.oldSide, this.name);
		configurable.registerDependentBean(this.newSide, this.name);
		return this.beans.getBean(RouterFactory.class).router(routed(), this.type);
	}

	RoutedInterface routed() {
		return new RoutedInterface(this.type, side(this.oldSide, Side.OLD), side(this.newSide, Side.NEW));
	}

	DualWrite mark() {
		return this.type.getAnnotation(DualWrite.class);
	}

	private MarkedBean side(String bean, Side side) {
		Class<?> sideType = Objects.requireNonNullElse(this.beans.getType(bean, false), this.type);
		return new MarkedBean(bean, sideType, side, mark().value(), false);
	}

}
