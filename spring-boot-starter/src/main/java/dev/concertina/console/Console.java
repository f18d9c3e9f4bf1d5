package dev.concertina.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The page, its files and its settings. It holds no data: the browser asks the endpoint,
 * with the session of whoever looks at it.
 */
public final class Console {

	private static final Pattern PATH = Pattern.compile("(/[\\w~-][\\w.~-]*)+");

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
			+ "require-trusted-types-for 'script'; trusted-types 'none'";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final String path;

	private final PathMappedEndpoints endpoints;

	private final ConsoleSecurity security;

	private final Map<String, ConsoleFile> files;

	/**
	 * Make a console.
	 * @param path where it is, such as {@code /concertina}
	 * @param endpoints the endpoints of the application
	 * @param security what knows what a write needs
	 */
	public Console(String path, PathMappedEndpoints endpoints, ConsoleSecurity security) {
		this.path = path;
		this.endpoints = endpoints;
		this.security = security;
		this.files = ConsoleFile.all().stream().collect(Collectors.toMap(ConsoleFile::name, Function.identity()));
		requirePath();
		requireNoEndpointThere();
	}

	private void requirePath() {
		if (!PATH.matcher(this.path).matches()) {
			throw new InvalidDefinitionException("The console can't be at '%s'".formatted(this.path),
					"Set concertina.console.path to a path such as /concertina: it starts with a slash, does not end with one, "
							+ "and has letters, digits, '-', '_', '.' and '~' in between.");
		}
	}

	private void requireNoEndpointThere() {
		for (String taken : this.endpoints.getAllPaths()) {
			if ((taken + "/").startsWith(this.path + "/") || (this.path + "/").startsWith(taken + "/")) {
				throw new InvalidDefinitionException(
						"The console can't be at %s: an Actuator endpoint is at %s".formatted(this.path, taken),
						"Set concertina.console.path to another path.");
			}
		}
	}

	/**
	 * Return what is served.
	 * @return the routes of the page, its files and its settings
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET(this.path, (request) -> toPage())
			.GET(this.path + "/", (request) -> file(ConsoleFile.PAGE))
			.GET(this.path + "/settings.json", this::settings)
			.GET(this.path + "/{file}", (request) -> file(request.pathVariable("file")))
			.build();
	}

	/**
	 * The page finds its files beside itself, so it is a folder; seen from the browser,
	 * as the path may have another front before a proxy.
	 */
	private ServerResponse toPage() {
		return ServerResponse.temporaryRedirect(URI.create(this.path.substring(this.path.lastIndexOf('/') + 1) + "/"))
			.headers(Console::protect)
			.cacheControl(CacheControl.noCache())
			.build();
	}

	private ServerResponse file(String name) {
		ConsoleFile file = this.files.get(name);
		if (file == null) {
			return ServerResponse.notFound().headers(Console::protect).build();
		}
		return ServerResponse.ok()
			.headers(Console::protect)
			.cacheControl(CacheControl.noCache().cachePrivate())
			.eTag(file.tag())
			.contentType(file.type())
			.build((request, response) -> {
				response.getOutputStream().write(file.text().getBytes(StandardCharsets.UTF_8));
				return null;
			});
	}

	private ServerResponse settings(ServerRequest request) {
		ConsoleSettings settings = ConsoleSettings.of(this.path, this.endpoints, this.security,
				request.servletRequest());
		return ServerResponse.ok()
			.headers(Console::protect)
			.cacheControl(CacheControl.noStore())
			.contentType(MediaType.APPLICATION_JSON)
			.build((servletRequest, response) -> {
				response.getOutputStream().write(JSON.writeValueAsBytes(settings));
				return null;
			});
	}

	private static void protect(HttpHeaders headers) {
		headers.set("Content-Security-Policy", POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-Frame-Options", "DENY");
		headers.set("Referrer-Policy", "no-referrer");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
	}

}
