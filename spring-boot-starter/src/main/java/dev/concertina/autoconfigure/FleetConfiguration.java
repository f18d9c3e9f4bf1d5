package dev.concertina.autoconfigure;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

import dev.concertina.contract.Approvals;
import dev.concertina.contract.GateCondition;
import dev.concertina.dualwrite.RoutedChanges;
import dev.concertina.fleet.Fleet;
import dev.concertina.fleet.Heartbeat;
import dev.concertina.fleet.Member;

/**
 * This instance among the others, and what they say to a contract.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "concertina.fleet.enabled", matchIfMissing = true)
@EnableConfigurationProperties(FleetProperties.class)
class FleetConfiguration {

	@Bean
	InstanceIdentity concertinaInstanceIdentity(Environment environment) {
		return InstanceIdentity.of(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	Fleet concertinaFleet(TargetDatabase database, FleetProperties properties) {
		return Fleet.of(database.dataSource(), database.schema(), properties.options());
	}

	@Bean
	@ConditionalOnMissingBean
	Heartbeat concertinaHeartbeat(TargetDatabase database, Fleet fleet, InstanceIdentity identity,
			ObjectProvider<BuildProperties> build, Environment environment, ChangeDefinitions definitions,
			ConcertinaProperties released, ObjectProvider<RoutedChanges> routed, ListableBeanFactory beans) {
		String version = Optional.ofNullable(build.getIfUnique())
			.map(BuildProperties::getVersion)
			.orElseGet(() -> environment.getProperty("spring.application.version", "unknown"));
		SingletonSupplier<Member> member = SingletonSupplier
			.of(() -> new Member(identity.id(), identity.application(), version, sessions(beans, database),
					Set.copyOf(definitions.ids()), released.approvedChanges(definitions.ids()),
					routed.stream().flatMap((one) -> one.changes().stream()).collect(Collectors.toSet())));
		return new Heartbeat(fleet, member::obtain);
	}

	/**
	 * Of all data sources: the next version may use any of them.
	 */
	private static Set<String> sessions(ListableBeanFactory beans, TargetDatabase database) {
		Set<DataSource> all = new HashSet<>(beans.getBeansOfType(DataSource.class).values());
		all.add(database.dataSource());
		return SessionNames.of(all);
	}

	@Bean
	@ConditionalOnMissingBean
	@DependsOnDatabaseInitialization
	FleetLifecycle concertinaFleetLifecycle(TargetDatabase database, Heartbeat heartbeat) {
		return new FleetLifecycle(database, heartbeat);
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaInstancesReady")
	GateCondition concertinaInstancesReady(Fleet fleet, ConcertinaProperties released, FleetProperties properties,
			ChangeDefinitions definitions) {
		return GateCondition.instancesReady(fleet,
				new Approvals(released.approvedChanges(definitions.ids()), ConcertinaAutoConfiguration.ACTOR),
				properties.harmlessSessions());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaNoForeignSessions")
	GateCondition concertinaNoForeignSessions(TargetDatabase database, Fleet fleet, FleetProperties properties) {
		return GateCondition.noForeignSessions(database.dataSource(), fleet, properties.harmlessSessions());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaNoStatements")
	GateCondition concertinaNoStatements(TargetDatabase database, FleetProperties properties) {
		return GateCondition.noStatements(database.dataSource(), database.schema(), properties.quietFor());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaInstancesRoute")
	GateCondition concertinaInstancesRoute(Fleet fleet, FleetProperties properties) {
		return GateCondition.instancesRoute(fleet, properties.harmlessSessions());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaReadsSwitched")
	GateCondition concertinaReadsSwitched(Fleet fleet, FleetProperties properties) {
		return GateCondition.readsSwitched(fleet, properties.readsFor());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HikariDataSource.class)
	@ConditionalOnBooleanProperty(name = "concertina.fleet.name-sessions", matchIfMissing = true)
	static class SessionNamingConfiguration {

		@Bean
		static SessionNaming concertinaSessionNaming(ObjectProvider<InstanceIdentity> identity) {
			return new SessionNaming(identity);
		}

	}

}
