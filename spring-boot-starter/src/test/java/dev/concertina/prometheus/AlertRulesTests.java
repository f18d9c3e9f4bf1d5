package dev.concertina.prometheus;

import java.nio.file.Path;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.event.MigrationEvent.Held;

import static org.assertj.core.api.Assertions.assertThat;

class AlertRulesTests {

	@TempDir
	private Path folder;

	@Test
	void areAcceptedByPrometheus() {
		AlertRules.copyTo(this.folder);
		assertThat(Program.PROMTOOL.run(this.folder, "check", "rules", "concertina-alerts.yml"))
			.contains("SUCCESS: %d rules found".formatted(AlertRules.all().size()));
	}

	@Test
	void fireWhenTheyShallAndOnceForEachChange() {
		AlertRules.copyTo(this.folder);
		for (String tests : AlertRules.copyTestsTo(this.folder)) {
			assertThat(Program.PROMTOOL.run(this.folder, "test", "rules", tests)).contains("SUCCESS");
		}
	}

	@Test
	void tellWhatHasHappenedAndWhatToDo() {
		for (Map<String, Object> rule : AlertRules.all()) {
			assertThat(rule).as("%s", rule).containsKeys("alert", "expr", "for");
			assertThat(rule.get("labels")).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("severity");
			assertThat(rule.get("annotations")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("summary", "description")
				.hasEntrySatisfying("summary",
						(summary) -> assertThat(summary).asString().contains("{{ $labels.change }}"));
		}
	}

	@Test
	void knowTheReasonOfAPauseThatNoSignalAsksFor() {
		assertThat(AlertRules.text()).contains("reason!~\"%s|".formatted(Held.REST));
	}

}
