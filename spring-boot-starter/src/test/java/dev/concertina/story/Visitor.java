package dev.concertina.story;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Somebody with a browser that keeps cookies, and may sign in with each request.
 */
final class Visitor {

	private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final String address;

	private final @Nullable String credentials;

	private Visitor(String address, @Nullable String credentials) {
		this.address = address;
		this.credentials = credentials;
	}

	static Visitor of(ConfigurableApplicationContext shop) {
		return at(shop, "local.server.port");
	}

	static Visitor ofManagement(ConfigurableApplicationContext shop) {
		return at(shop, "local.management.port");
	}

	private static Visitor at(ConfigurableApplicationContext shop, String port) {
		return new Visitor("http://localhost:" + shop.getEnvironment().getRequiredProperty(port), null);
	}

	Visitor signedInAs(String name) {
		String credentials = Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
		return new Visitor(this.address, "Basic " + credentials);
	}

	HttpResponse<String> get(String path) {
		return send(request(path).header("Accept", "application/json"));
	}

	HttpResponse<String> post(String path, String json, String... headers) {
		HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json));
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	/** As a page of another site can, without asking. */
	HttpResponse<String> postAsForm(String path) {
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("reason=forged")));
	}

	HttpResponse<String> postNothing(String path) {
		return send(request(path).POST(BodyPublishers.noBody()));
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + path));
		return (this.credentials != null) ? request.header("Authorization", this.credentials) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.browser.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError("%s does not answer".formatted(this.address), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
