package dev.concertina.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.plan.Phase;
import dev.concertina.sample.fleet.Fleet;
import dev.concertina.sample.tour.Summary;
import dev.concertina.sample.tour.Tour;
import dev.concertina.state.State;
import dev.concertina.state.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README tells to try out.
 */
class ByHandIntegrationTests {

	@TempDir
	Path directory;

	@Test
	void theChangeIsLedByCommands() throws Exception {
		try (ConfigurableApplicationContext stage = SampleApplication.start("--sample.orders=5000",
				"--sample.data-directory=" + this.directory, "--sample.tour.by-hand=true", "--sample.tour.stay=0s",
				"--concertina.contract.soak=10m", "--server.port=0", "--concertina.backfill.pause=1s")) {
			Shop shop = new Shop(stage.getBean(Fleet.class).running("new").orElseThrow(), HttpClient.newHttpClient());
			assertThat(shop.get("/concertina/").statusCode()).isEqualTo(200);
			assertThat(shop.get("/actuator/prometheus").body()).contains("concertina_");
			shop.say("pause", "'phase': 'BACKFILL', 'reason': 'lunch'", 200);
			shop.await(new State(Phase.BACKFILL, Status.PAUSED));
			shop.say("tune", "'phase': 'BACKFILL', 'pause': '0ms'", 200);
			shop.say("resume", "'phase': 'BACKFILL'", 200);
			shop.await(State.running(Phase.CONTRACT));
			for (int share : new int[] { 50, 0, 100 }) {
				shop.say("read_share", "'phase': 'CONTRACT', 'readShare': %d".formatted(share), 200);
				assertThat(shop.status().readShare()).isEqualTo(share);
			}
			assertThat(shop.say("contract", "'phase': 'CONTRACT'", 400)).contains("belong to no instance");
			shop.send(HttpRequest.newBuilder(shop.uri("/actuator/oldversion")).DELETE());
			shop.await(new State(Phase.CONTRACT, Status.RETIRED));
			shop.say("unretire", "'phase': 'CONTRACT', 'reason': 'somebody needs it'", 200);
			shop.await(new State(Phase.CONTRACT, Status.PAUSED));
			shop.say("resume", "'phase': 'CONTRACT'", 200);
			shop.say("approve", "'phase': 'CONTRACT'", 200);
			shop.await(new State(Phase.CONTRACT, Status.RETIRED));
			shop.say("drop", "'phase': 'CONTRACT', 'reason': 'nobody needs it'", 200);
			Summary summary = shop.context().getBean(Tour.class).summary().get(1, TimeUnit.MINUTES);
			assertThat(summary.status().state().status()).isEqualTo(Status.COMPLETED);
			assertThat(summary.requests().failed()).isZero();
			assertThat(summary.audit().there()).isEqualTo(summary.audit().booked());
		}
	}

	/**
	 * The new version, as somebody with a terminal sees it.
	 */
	private record Shop(ConfigurableApplicationContext context, HttpClient client) {

		String say(String action, String json, int status) throws Exception {
			HttpResponse<String> answer = send(
					HttpRequest.newBuilder(uri("/actuator/concertina/split_order_items/" + action))
						.header("Content-Type", "application/json")
						.POST(BodyPublishers.ofString("{%s}".formatted(json.replace('\'', '"')))));
			assertThat(answer.statusCode()).as("%s: %s", action, answer.body()).isEqualTo(status);
			return answer.body();
		}

		HttpResponse<String> get(String path) throws Exception {
			return send(HttpRequest.newBuilder(uri(path)));
		}

		HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}

		URI uri(String path) {
			return URI.create("http://127.0.0.1:%s%s"
				.formatted(this.context.getEnvironment().getProperty("local.server.port"), path));
		}

		void await(State state) {
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(status().state()).as("%s", status()).isEqualTo(state));
		}

		ChangeStatus status() {
			return this.context.getBean(Concertina.class).change(Tour.CHANGE).orElseThrow();
		}

	}

}
