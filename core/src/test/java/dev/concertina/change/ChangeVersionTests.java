package dev.concertina.change;

import java.util.List;

import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChangeVersionTests {

	@Test
	void ordersVersionsAsFlywayDoes() {
		List<String> versions = List.of("0", "1", "1.0", "01", "1.0.1", "1.1", "2", "2.10", "2.9", "10", "2026.11.1",
				"2026.11.01", "2026.2.28", "20261101120000", "99999999999999999999.1");
		assertThat(versions).allSatisfy((left) -> assertThat(versions).allSatisfy(
				(right) -> assertThat(Integer.signum(new ChangeVersion(left).compareTo(new ChangeVersion(right))))
					.as("%s against %s", left, right)
					.isEqualTo(Integer
						.signum(MigrationVersion.fromVersion(left).compareTo(MigrationVersion.fromVersion(right))))));
	}

}
