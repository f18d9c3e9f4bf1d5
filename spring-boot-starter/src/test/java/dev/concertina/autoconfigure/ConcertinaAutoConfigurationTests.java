package dev.concertina.autoconfigure;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.actuate.ConcertinaEndpoint;
import dev.concertina.actuate.ConcertinaHealthIndicator;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.metrics.ConcertinaObservations;
import dev.concertina.watch.ChangeWatch;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ConcertinaAutoConfigurationTests {

	private static final AutoConfigurations CONCERTINA = AutoConfigurations.of(ConcertinaAutoConfiguration.class,
			ConcertinaEndpointAutoConfiguration.class, ConcertinaHealthContributorAutoConfiguration.class,
			ConcertinaMetricsAutoConfiguration.class, ConcertinaObservationAutoConfiguration.class,
			FlywayAutoConfiguration.class);

	private final ApplicationContextRunner withoutDatabase = new ApplicationContextRunner()
		.withConfiguration(CONCERTINA)
		.withPropertyValues("management.endpoints.web.exposure.include=*");

	/** An embedded H2, as it is on the class path. */
	private final ApplicationContextRunner withH2 = this.withoutDatabase
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true");

	/** Nobody connects to it, as Flyway is off. */
	private final ApplicationContextRunner withTwoDataSources = this.withoutDatabase
		.withPropertyValues("spring.flyway.enabled=false", "concertina.backfill.enabled=false")
		.withBean("first", DataSource.class, DriverManagerDataSource::new)
		.withBean("second", DataSource.class, DriverManagerDataSource::new);

	@Test
	void backsOffWithoutADataSource() {
		this.withoutDatabase.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(Concertina.class)
			.doesNotHaveBean(ConcertinaEndpoint.class));
	}

	@Test
	void backsOffWithoutFlywayOnTheClassPath() {
		this.withH2.withClassLoader(new FilteredClassLoader(Flyway.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Concertina.class));
	}

	@Test
	void backsOffWhenItIsSwitchedOff() {
		this.withH2.withPropertyValues("concertina.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Concertina.class)
				.doesNotHaveBean(FlywayMigrationStrategy.class));
	}

	@Test
	void backsOffIfNoneOfSeveralDataSourcesIsTheOneToMigrate() {
		this.withTwoDataSources.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Concertina.class));
	}

	@Test
	void takesTheDataSourceThatIsMarkedForFlyway() {
		this.withTwoDataSources.withUserConfiguration(MarkedDataSource.class)
			.run((context) -> assertThat(context.getBean(TargetDatabase.class).dataSource())
				.isSameAs(context.getBean("marked")));
	}

	@Test
	void takesTheDataSourceOfItsOwn() {
		this.withTwoDataSources.withUserConfiguration(PrimaryDataSource.class, OwnDataSource.class)
			.run((context) -> assertThat(context.getBean(TargetDatabase.class).dataSource())
				.isSameAs(context.getBean("own")));
	}

	@Test
	void takesThePrimaryDataSource() {
		this.withTwoDataSources.withUserConfiguration(PrimaryDataSource.class)
			.run((context) -> assertThat(context.getBean(TargetDatabase.class).dataSource())
				.isSameAs(context.getBean("primary")));
	}

	@Test
	void takesTheUrlOfFlywayWhereThereIsNoDataSource() {
		this.withoutDatabase.withPropertyValues("spring.flyway.url=jdbc:h2:mem:of-flyway")
			.run((context) -> assertThat(context.getBean(TargetDatabase.class).dataSource()).isInstanceOfSatisfying(
					SimpleDriverDataSource.class,
					(dataSource) -> assertThat(dataSource.getUrl()).isEqualTo("jdbc:h2:mem:of-flyway")));
	}

	@Test
	void leavesAnotherDatabaseToFlywayAndSaysSoOnce(CapturedOutput output) {
		this.withH2.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Flyway.class).info().applied()).hasSize(1);
			assertThat(context.getBean(ConcertinaEndpoint.class).changes().changes()).isEmpty();
			assertThat(context.getBean(ConcertinaLifecycle.class).isRunning()).isFalse();
		});
		assertThat(output.getOut().lines().filter((line) -> line.contains("oncertina"))).singleElement()
			.asString()
			.endsWith("Concertina is off: it changes PostgreSQL, and this is H2; changes [mail_to_email] are not run");
	}

	@Test
	void aDatabaseThatIsNotThereIsForFlywayToTell() {
		this.withH2
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://localhost:1/none",
					"spring.datasource.hikari.initialization-fail-timeout=-1",
					"spring.datasource.hikari.connection-timeout=250")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("flywayInitializer")
				.rootCause()
				.hasMessageContaining("refused"));
	}

	@Test
	void needsNeitherActuatorNorMetrics() {
		new ApplicationContextRunner().withUserConfiguration(AsInAnApplication.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate",
					"org.springframework.boot.health", "org.springframework.boot.micrometer", "io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(Concertina.class)
				.doesNotHaveBean("concertinaEndpoint")
				.doesNotHaveBean("concertinaHealthContributor")
				.doesNotHaveBean("concertinaMeters")
				.doesNotHaveBean("concertinaObservations"));
	}

	@Test
	void needsNoDriverOnTheClassPath() {
		this.withH2.withClassLoader(new FilteredClassLoader(PGConnection.class))
			.run((context) -> assertThat(context).hasSingleBean(Concertina.class)
				.doesNotHaveBean("concertinaCachedPlanWarning"));
	}

	@Test
	void offersWhatAnApplicationMayUse() {
		this.withH2.run((context) -> assertThat(context).hasSingleBean(Concertina.class)
			.hasSingleBean(Steering.class)
			.hasSingleBean(FlywayBridge.class)
			.hasSingleBean(ContractHistory.class)
			.hasSingleBean(ChangeWatch.class)
			.hasSingleBean(ConcertinaEndpoint.class)
			.hasSingleBean(ConcertinaHealthIndicator.class));
	}

	@Test
	void takesBeansOfTheApplicationInPlaceOfItsOwn() {
		FlywayMigrationStrategy strategy = (flyway) -> flyway.migrate();
		this.withH2.withBean("own", FlywayMigrationStrategy.class, () -> strategy)
			.run((context) -> assertThat(context).getBean(FlywayMigrationStrategy.class).isSameAs(strategy));
	}

	@Test
	void observesWhereThereIsSomebodyToTell() {
		this.withH2.run((context) -> assertThat(context).doesNotHaveBean(ConcertinaObservations.class));
		this.withH2.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasSingleBean(ConcertinaObservations.class));
	}

	@Test
	void aFurtherDatabaseNeedsAFlywayOfItsOwn() {
		this.withH2.withPropertyValues("concertina.databases.billing.locations=classpath:db/evolution-billing")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("concertina.databases.billing.flyway: there is no Flyway bean 'billingFlyway'"));
	}

	@Test
	void anIdIsThatOfOneChange() {
		this.withH2.withPropertyValues("concertina.databases.billing.locations=classpath:db/evolution")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("Change 'mail_to_email' is one of several databases"));
	}

	@Test
	void theHealthContributorCanBeSwitchedOff() {
		this.withH2.withPropertyValues("management.health.concertina.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConcertinaHealthIndicator.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
			ConcertinaAutoConfiguration.class, ConcertinaEndpointAutoConfiguration.class,
			ConcertinaHealthContributorAutoConfiguration.class, ConcertinaMetricsAutoConfiguration.class,
			ConcertinaObservationAutoConfiguration.class })
	static class AsInAnApplication {

	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedDataSource {

		@Bean
		@FlywayDataSource
		DataSource marked() {
			return new DriverManagerDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDataSource {

		@Bean(defaultCandidate = false)
		@ConcertinaDataSource
		DataSource own() {
			return new DriverManagerDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryDataSource {

		@Bean
		@Primary
		DataSource primary() {
			return new DriverManagerDataSource();
		}

	}

}
