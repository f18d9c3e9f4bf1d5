package dev.concertina.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;
import dev.concertina.throttle.SignalOptions;
import dev.concertina.throttle.signal.ArchiveBacklog;

import static org.assertj.core.api.Assertions.assertThat;

class SignalConfigurationTests {

	private static final String PREFIX = "concertina.throttle.";

	/** An embedded H2: no signal is read when the context starts. */
	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ConcertinaAutoConfiguration.class, ConcertinaMetricsAutoConfiguration.class,
						FlywayAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("spring.datasource.generate-unique-name=true");

	@Test
	void noSignalIsOnByDefault() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Signal.class));
	}

	@ParameterizedTest
	@CsvSource({ "replication-lag.enabled=true, replication lag", "retained-wal.enabled=true, retained WAL",
			"archive-backlog.enabled=true, archive backlog", "wal-rate.enabled=true, WAL rate",
			"autovacuum.enabled=true, autovacuum", "oldest-transaction.enabled=true, oldest transaction",
			"lock-waiters.enabled=true, lock waiters", "active-sessions.enabled=true, active sessions",
			"dead-rows.enabled=true, dead rows", "query.sql=SELECT 1, query", "window.hours=22:00-06:00, time window",
			"window.hours[0]=22:00-06:00, time window", "connection-pool.enabled=true, connection pool",
			"foreground-latency.enabled=true, foreground latency" })
	void eachIsOnByItsProperty(String property, String name) {
		this.runner.withPropertyValues(PREFIX + property)
			.run((context) -> assertThat(context.getBean(Signal.class).name()).isEqualTo(name));
	}

	@Test
	void theBeanOfAUserTakesThePlaceOfOurs() {
		this.runner.withPropertyValues(PREFIX + "archive-backlog.enabled=true")
			.withBean("own", ArchiveBacklog.class, () -> new ArchiveBacklog(new DriverManagerDataSource(), Limit.of(7)))
			.run((context) -> assertThat(context).getBean(Signal.class).isSameAs(context.getBean("own")));
	}

	@Test
	void aUserMayAddSignals() {
		this.runner.withBean("sale", Signal.class, Sale::new)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Signal.class));
	}

	@Test
	void aWindowThatCannotBeReadFailsTheStart() {
		this.runner.withPropertyValues(PREFIX + "window.hours=22-6")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'22-6' is no time window"));
	}

	@Test
	void withoutPropertiesOptionsAreTheDefaultsOfTheEngine() {
		ThrottleProperties properties = bind(Map.of());
		assertThat(properties.options()).isEqualTo(SignalOptions.defaults());
		assertThat(properties.archiveBacklog().limit()).as("as GitLab").isEqualTo(42);
		assertThat(properties.replicationLag().time()).as("as gh-ost").isEqualTo(Limit.of(1.5));
		assertThat(Stream.of(properties.replicationLag().size(), properties.retainedWal().size()))
			.containsExactly(Limit.of(256L << 20), Limit.of(5L << 30));
	}

	@Test
	void aQueryHoldsFromTwiceItsLimitOrFromWhereItIsSaid() {
		assertThat(bind(Map.of(PREFIX + "query.limit", "80")).query().number()).isEqualTo(new Limit(80, 160));
		assertThat(bind(Map.of(PREFIX + "query.limit", "80", PREFIX + "query.hold-from", "95")).query().number())
			.isEqualTo(new Limit(80, 95));
	}

	@Test
	void listsAreBound() {
		ThrottleProperties properties = bind(Map.of(PREFIX + "window.hours", "22:00-06:00, 12:00-13:00",
				PREFIX + "window.zone", "Europe/Berlin", PREFIX + "replication-lag.ignored", "delayed"));
		assertThat(properties.window().hours()).isEqualTo(List.of("22:00-06:00", "12:00-13:00"));
		assertThat(properties.window().zone()).hasToString("Europe/Berlin");
		assertThat(properties.replicationLag().ignored()).containsExactly("delayed");
	}

	private static ThrottleProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("concertina.throttle",
				ThrottleProperties.class);
	}

	private static final class Sale implements Signal {

		@Override
		public String name() {
			return "sale";
		}

		@Override
		public Advice read(Set<TableName> tables) {
			return Advice.hold("until Monday");
		}

	}

}
