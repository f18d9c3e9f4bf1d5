package dev.concertina.prometheus;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardTests {

	@Test
	void hasPanelsThatSayWhatTheyShow() {
		assertThat(Dashboard.panels()).hasSizeGreaterThan(10).allSatisfy((panel) -> {
			assertThat(panel.get("title").asString()).isNotBlank();
			assertThat(panel.get("description").asString()).endsWith(".");
			assertThat(panel.get("targets").size()).isPositive();
		}).extracting((panel) -> panel.get("id").asInt()).doesNotHaveDuplicates();
	}

	@Test
	void hasPanelsThatDontCoverEachOther() {
		Set<String> covered = new HashSet<>();
		for (JsonNode panel : Dashboard.panels()) {
			JsonNode place = panel.get("gridPos");
			assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
			for (int x = 0; x < place.get("w").asInt(); x++) {
				for (int y = 0; y < place.get("h").asInt(); y++) {
					assertThat(covered.add("%d/%d".formatted(place.get("x").asInt() + x, place.get("y").asInt() + y)))
						.as("%s has its place for itself", panel.get("title"))
						.isTrue();
				}
			}
		}
	}

	@Test
	void asksTheDataSourceThatIsChosen() {
		assertThat(Dashboard.panels()).allSatisfy((panel) -> assertThat(panel.get("targets").valueStream())
			.extracting((target) -> target.get("datasource").get("uid").asString())
			.containsOnly("${datasource}"));
		assertThat(Dashboard.variables()).extracting((variable) -> variable.get("name").asString())
			.containsExactly("datasource", "change");
	}

}
