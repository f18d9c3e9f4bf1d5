package dev.concertina.console;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;

import dev.concertina.actuate.SteeringAction;

/**
 * What the page has to know before it can ask the endpoint.
 *
 * @param endpoint where the endpoint is, seen from the page; {@code null} if it is not
 * exposed
 * @param actions what the endpoint does; nothing if it is not opened for writing
 * @param csrf the header that each write needs, if any
 */
record ConsoleSettings(@Nullable String endpoint, List<SteeringAction> actions, @Nullable CsrfHeader csrf) {

	private static final EndpointId ID = EndpointId.of("concertina");

	static ConsoleSettings of(String page, PathMappedEndpoints endpoints, @Nullable CsrfHeader csrf) {
		String path = endpoints.getPath(ID);
		return new ConsoleSettings((path != null) ? relative(page, path) : null, actions(endpoints.getEndpoint(ID)),
				csrf);
	}

	/**
	 * Right behind any proxy and under any context path, as these are in front of both.
	 */
	private static String relative(String page, String endpoint) {
		long depth = page.chars().filter((character) -> character == '/').count();
		return "../".repeat((int) depth) + endpoint.substring(1);
	}

	private static List<SteeringAction> actions(@Nullable PathMappedEndpoint endpoint) {
		boolean writable = endpoint instanceof ExposableWebEndpoint web && web.getOperations()
			.stream()
			.anyMatch((operation) -> operation.getRequestPredicate().getHttpMethod() == WebEndpointHttpMethod.POST);
		return writable ? Stream.of(SteeringAction.values()).toList() : List.of();
	}

}
