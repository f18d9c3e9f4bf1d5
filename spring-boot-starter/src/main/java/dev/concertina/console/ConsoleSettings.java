package dev.concertina.console;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
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
 * @param open whether it is opened for writing
 * @param actions what it does for the user; nothing if it is not opened, or refuses
 * @param csrf the header that each write needs, if any
 */
record ConsoleSettings(@Nullable String endpoint, boolean open, List<SteeringAction> actions,
		@Nullable CsrfHeader csrf) {

	private static final EndpointId ID = EndpointId.of("concertina");

	private static final String ANY_WRITE = "/change/pause";

	static ConsoleSettings of(String page, PathMappedEndpoints endpoints, ConsoleSecurity security,
			HttpServletRequest request) {
		String path = endpoints.getPath(ID);
		boolean open = isOpen(endpoints.getEndpoint(ID));
		return new ConsoleSettings((path != null) ? relative(page, path) : null, open,
				(open && security.mayWrite(request, path + ANY_WRITE)) ? List.of(SteeringAction.values()) : List.of(),
				security.csrf(request).orElse(null));
	}

	/**
	 * Right behind any proxy and under any context path, as these are in front of both.
	 */
	private static String relative(String page, String endpoint) {
		long depth = page.chars().filter((character) -> character == '/').count();
		return "../".repeat((int) depth) + endpoint.substring(1);
	}

	private static boolean isOpen(@Nullable PathMappedEndpoint endpoint) {
		return endpoint instanceof ExposableWebEndpoint web && web.getOperations()
			.stream()
			.anyMatch((operation) -> operation.getRequestPredicate().getHttpMethod() == WebEndpointHttpMethod.POST);
	}

}
