package dev.concertina.dualwrite;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Tells a native image of the proxy of a router, and of the methods that it looks at and
 * calls.
 */
class RouterHints implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.getBeanClass() != RouterFactoryBean.class) {
			return null;
		}
		ConfigurableListableBeanFactory beans = bean.getBeanFactory();
		RoutedInterface routed = beans.getBean("&" + bean.getBeanName(), RouterFactoryBean.class).routed();
		return (context, code) -> register(context.getRuntimeHints(), routed);
	}

	private static void register(RuntimeHints hints, RoutedInterface routed) {
		hints.proxies().registerJdkProxy(AopProxyUtils.completeJdkProxyInterfaces(routed.type()));
		Stream.of(routed.type(), routed.oldSide().type(), routed.newSide().type())
			.forEach((type) -> hints.reflection()
				.registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS, MemberCategory.INVOKE_DECLARED_METHODS));
	}

}
