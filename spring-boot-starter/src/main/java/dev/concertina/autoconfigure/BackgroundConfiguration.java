package dev.concertina.autoconfigure;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.DdlRunner;
import dev.concertina.fleet.Fleet;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.ChangedDatabase;
import dev.concertina.watch.ChangedDatabases;

/**
 * What runs after Flyway has migrated.
 */
@Configuration(proxyBeanMethods = false)
class BackgroundConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@DependsOnDatabaseInitialization
	Concertina concertina(ConcertinaFactory factory, TargetDatabase database, DdlRunner ddl) {
		return factory.background(database, ddl, UnaryOperator.identity());
	}

	@Bean
	@ConditionalOnMissingBean
	Steering concertinaSteering(Concertina concertina) {
		return concertina.steering();
	}

	@Bean
	@ConditionalOnMissingBean
	ConcertinaLifecycle concertinaLifecycle(Concertina concertina, TargetDatabase database,
			ConcertinaProperties properties, StartupEvents events, ObjectProvider<MigrationListener> listeners) {
		return new ConcertinaLifecycle(concertina, database, properties, events, listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	ChangedDatabases concertinaChangedDatabases(Concertina concertina, TargetDatabase database, FleetProperties fleet,
			ListableBeanFactory beans) {
		List<ChangedDatabase> all = new ArrayList<>();
		all.add(changed(concertina, database, fleet));
		beans.getBeansOfType(FurtherDatabase.class)
			.values()
			.forEach((further) -> all.add(changed(further.concertina(), further.target(), fleet)));
		return new ChangedDatabases(all);
	}

	private static ChangedDatabase changed(Concertina concertina, TargetDatabase database, FleetProperties properties) {
		Fleet fleet = Fleet.of(database.dataSource(), database.schema(), properties.options());
		return new ChangedDatabase(concertina, database::isSupported,
				() -> properties.enabled() ? fleet.live() : List.of());
	}

	@Bean
	@ConditionalOnMissingBean
	ChangeWatch concertinaChangeWatch(ChangedDatabases databases) {
		return new ChangeWatch(databases::changes, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	ApprovalCheck concertinaApprovalCheck(ConcertinaProperties properties, ApplicationDefinitions definitions,
			ChangedDatabases databases) {
		return new ApprovalCheck(properties, definitions, databases);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HikariDataSource.class, SQLExceptionOverride.class })
	@ConditionalOnBooleanProperty(name = "concertina.contract.watch-failures", matchIfMissing = true)
	static class PoolConfiguration {

		@Bean
		static FailedStatements concertinaFailedStatements(ObjectProvider<ChangedDatabases> databases,
				ObjectProvider<InstanceIdentity> identity) {
			return new FailedStatements(databases, identity);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(PGConnection.class)
	static class DriverConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CachedPlanWarning concertinaCachedPlanWarning(ObjectProvider<DataSource> dataSource, TargetDatabase database,
				ListableBeanFactory beans) {
			List<DataSource> written = new ArrayList<>();
			if (!database.definitions().isEmpty()) {
				written.add(dataSource.getIfUnique(database::dataSource));
			}
			beans.getBeansOfType(FurtherDatabase.class)
				.values()
				.stream()
				.filter((further) -> !further.target().definitions().isEmpty())
				.forEach((further) -> written.add(further.writtenBy()));
			return new CachedPlanWarning(written);
		}

	}

}
