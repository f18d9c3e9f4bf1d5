package dev.concertina.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.concertina.ConcertinaOptions;
import dev.concertina.backfill.TaskOptions;
import dev.concertina.change.ChangeId;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.execute.LockOptions;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.StateSchemaName;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConcertinaPropertiesTests {

	@Test
	void withoutAnyTheyAreTheDefaultsOfTheEngineAndWhatIsDroppedWasOutOfSightForADay() {
		ConcertinaProperties properties = bind(Map.of());
		assertThat(properties.options()).isEqualTo(ConcertinaOptions.defaults().withSoak(Duration.ofDays(1)));
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.backfill().enabled()).isTrue();
		assertThat(properties.locations()).containsExactly("classpath:db/evolution");
		assertThat(properties.approved()).isEmpty();
		assertThat(properties.shutdownGrace()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void becomeOptionsOfTheEngine() {
		ConcertinaProperties properties = bind(Map.ofEntries(entry("concertina.schema", "ops_changes"),
				entry("concertina.lock.timeout", "2s"), entry("concertina.lock.budget", "5m"),
				entry("concertina.lock.patience", "300ms"), entry("concertina.backfill.workers", "4"),
				entry("concertina.backfill.batch-time", "50ms"), entry("concertina.backfill.max-locked-rows", "200"),
				entry("concertina.backfill.pause", "10ms"), entry("concertina.backfill.max-connections", "5"),
				entry("concertina.backfill.max-poison-rows", "6"), entry("concertina.backfill.transform-threads", "7"),
				entry("concertina.backfill.transform-timeout", "8s"),
				entry("concertina.backfill.transform-interval", "9m"), entry("concertina.verify.max-age", "2h"),
				entry("concertina.contract.soak", "3d"), entry("concertina.poll-interval", "250ms")));
		assertThat(properties.options()).isEqualTo(ConcertinaOptions.defaults()
			.withSchema(StateSchemaName.of("ops_changes"))
			.withLocks(new LockOptions(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMillis(300)))
			.withWorkers(new WorkerOptions(4, Duration.ofMillis(50), 200, Duration.ofMillis(10)))
			.withMaxConnections(5)
			.withMaxPoisonRows(6)
			.withMaxVerdictAge(Duration.ofHours(2))
			.withSoak(Duration.ofDays(3))
			.withPoll(Duration.ofMillis(250))
			.withTasks(new TaskOptions(7, Duration.ofSeconds(8), Duration.ofMinutes(9))));
	}

	@Test
	void takeApprovalsAsAList() {
		assertThat(bind(Map.of("concertina.approved", "split_order_items,mail_to_email")).approvedChanges(List.of()))
			.containsExactlyInAnyOrder(ChangeId.of("split_order_items"), ChangeId.of("mail_to_email"));
	}

	@Test
	void takeAStarForAllApprovals() {
		assertThat(bind(Map.of("concertina.approved", "*")).approvedChanges(List.of(ChangeId.of("mail_to_email"))))
			.containsExactly(ChangeId.of("mail_to_email"));
	}

	@Test
	void refuseWhatTheEngineRefuses() {
		ConcertinaProperties properties = bind(Map.of("concertina.backfill.workers", "0"));
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(properties::options)
			.withMessage("The number of workers is 0");
	}

	private static ConcertinaProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("concertina",
				ConcertinaProperties.class);
	}

}
