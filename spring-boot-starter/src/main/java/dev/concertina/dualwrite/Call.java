package dev.concertina.dualwrite;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * A call of a routed method, which can be made on either side.
 */
final class Call {

	private final Method method;

	private final @Nullable Object[] arguments;

	Call(Method method, @Nullable Object[] arguments) {
		this.method = method;
		this.arguments = arguments;
	}

	Method method() {
		return this.method;
	}

	@Nullable Object argument(int index) {
		return this.arguments[index];
	}

	@Nullable Object on(Object side) throws Throwable {
		return AopUtils.invokeJoinpointUsingReflection(side, this.method, this.arguments);
	}

}
