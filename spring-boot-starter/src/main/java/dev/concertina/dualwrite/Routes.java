package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the methods of an interface are routed.
 */
final class Routes {

	private final Map<Signature, Route> routes = new HashMap<>();

	Routes(Methods methods) {
		for (Method method : methods.all()) {
			this.routes.put(Signature.of(method), Route.of(method, methods.access(method), methods.isInside(method)));
		}
	}

	Route of(Method method) {
		Route route = this.routes.get(Signature.of(method));
		if (route == null) {
			throw new IllegalArgumentException("%s is not routed".formatted(method));
		}
		return route;
	}

	/**
	 * An interface may have a method from several of its parents.
	 */
	private record Signature(String name, List<Class<?>> parameters) {

		static Signature of(Method method) {
			return new Signature(method.getName(), List.of(method.getParameterTypes()));
		}

	}

}
