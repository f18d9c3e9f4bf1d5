package dev.concertina.autoconfigure;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import dev.concertina.contract.Approvals;
import dev.concertina.contract.GateCondition;
import dev.concertina.dualwrite.RoutedChanges;
import dev.concertina.fleet.Heartbeat;

/**
 * This instance among the others, and what they say to a contract.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "concertina.fleet.enabled", matchIfMissing = true)
class FleetConfiguration {

	@Bean
	InstanceIdentity concertinaInstanceIdentity(Environment environment) {
		return InstanceIdentity.of(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	Heartbeats concertinaHeartbeats(FleetProperties properties, ConcertinaProperties released,
			InstanceIdentity identity, ObjectProvider<BuildProperties> build, Environment environment,
			ObjectProvider<RoutedChanges> routed, ListableBeanFactory beans) {
		return new Heartbeats(properties, released, identity, build, environment, routed, beans);
	}

	@Bean
	@ConditionalOnMissingBean
	Heartbeat concertinaHeartbeat(Heartbeats heartbeats, TargetDatabase database) {
		return heartbeats.of(database);
	}

	@Bean
	@ConditionalOnMissingBean
	@DependsOnDatabaseInitialization
	FleetLifecycle concertinaFleetLifecycle(TargetDatabase database, Heartbeat heartbeat) {
		return new FleetLifecycle(database, List.of(heartbeat));
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaInstancesReady")
	GateCondition concertinaInstancesReady(ConcertinaProperties released, FleetProperties properties,
			ApplicationDefinitions definitions) {
		return GateCondition.instancesReady(
				new Approvals(released.approvedChanges(definitions.ids()), ConcertinaFactory.ACTOR),
				properties.harmlessSessions());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaNoForeignSessions")
	GateCondition concertinaNoForeignSessions(FleetProperties properties) {
		return GateCondition.noForeignSessions(properties.harmlessSessions());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaNoStatements")
	GateCondition concertinaNoStatements(FleetProperties properties) {
		return GateCondition.noStatements(properties.quietFor());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaInstancesRoute")
	GateCondition concertinaInstancesRoute(FleetProperties properties) {
		return GateCondition.instancesRoute(properties.harmlessSessions());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaReadsSwitched")
	GateCondition concertinaReadsSwitched(FleetProperties properties) {
		return GateCondition.readsSwitched(properties.readsFor());
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
