package dev.concertina.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.concertina.testing.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Prometheus that looks at instances of an application every second, with our alerts.
 */
public final class PrometheusServer implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Path directory;

	private final int port;

	private final Process process;

	private PrometheusServer(Path directory, int port, Process process) {
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	/**
	 * Starts one, if it is installed on this machine.
	 */
	public static PrometheusServer watching(List<Integer> ports) {
		Program.PROMETHEUS.require();
		try {
			Path directory = Files.createTempDirectory("prometheus");
			int port = freePort();
			Path settings = Files.writeString(directory.resolve("prometheus.yml"), settings(directory, ports));
			Process process = Program.PROMETHEUS.start(directory.resolve("log"), "--config.file=" + settings,
					"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port,
					"--log.level=warn");
			PrometheusServer started = new PrometheusServer(directory, port, process);
			Patience.await().until(started::answers);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the values of all series that an expression yields now.
	 */
	public List<Double> query(String expression) {
		JsonNode data = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
		return data.get("result")
			.valueStream()
			.map((series) -> Double.valueOf(series.get("value").get(1).asString().replace("Inf", "Infinity")))
			.toList();
	}

	/**
	 * Returns the values of a label of a meter.
	 */
	public List<String> labels(String meter, String label) {
		return get("/api/v1/label/%s/values?match[]=%s".formatted(label, meter).replace("[]", "%5B%5D")).valueStream()
			.map(JsonNode::asString)
			.toList();
	}

	/**
	 * Returns the names of the alerts that a change has raised, whether for long enough
	 * to be told or not.
	 */
	public List<String> alerts(String change) {
		return get("/api/v1/alerts").get("alerts")
			.valueStream()
			.map((alert) -> alert.get("labels"))
			.filter((labels) -> labels.get("change").asString().equals(change))
			.map((labels) -> labels.get("alertname").asString())
			.toList();
	}

	/**
	 * Returns the names of the rules that it can evaluate.
	 */
	public List<String> healthyRules() {
		return get("/api/v1/rules").get("groups")
			.valueStream()
			.flatMap((group) -> group.get("rules").valueStream())
			.filter((rule) -> rule.get("health").asString().equals("ok"))
			.map((rule) -> rule.get("name").asString())
			.toList();
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean answers() {
		assertThat(this.process.isAlive()).as("Prometheus; see %s", this.directory.resolve("log")).isTrue();
		try {
			return this.client.send(request("/-/ready"), BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private JsonNode get(String path) {
		try {
			JsonNode answer = JsonMapper.shared()
				.readTree(this.client.send(request(path), BodyHandlers.ofString()).body());
			assertThat(answer.path("status").asString()).as("%s is answered by %s", path, answer).isEqualTo("success");
			return answer.get("data");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(this.port, path))).build();
	}

	private static String settings(Path directory, List<Integer> ports) throws IOException {
		return """
				global: { scrape_interval: 1s, evaluation_interval: 1s }
				rule_files: [ %s ]
				scrape_configs:
				  - job_name: shop
				    metrics_path: /actuator/prometheus
				    static_configs: [ { targets: [ %s ] } ]
				""".formatted(AlertRules.copyTo(directory),
				ports.stream().map("\"127.0.0.1:%d\""::formatted).collect(Collectors.joining(", ")));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
