package dev.concertina.autoconfigure;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

import dev.concertina.change.ChangeId;
import dev.concertina.dualwrite.RoutedChanges;
import dev.concertina.fleet.Fleet;
import dev.concertina.fleet.Heartbeat;
import dev.concertina.fleet.Member;

/**
 * Makes what tells a database that this instance is there.
 *
 * @param fleet how often it tells
 * @param released what the release approves
 * @param identity what it is called
 * @param build what tells its version
 * @param routed the changes that it routes
 * @param beans where its data sources are
 */
record Heartbeats(FleetProperties fleet, ConcertinaProperties released, InstanceIdentity identity,
		ObjectProvider<BuildProperties> build, Environment environment, ObjectProvider<RoutedChanges> routed,
		ListableBeanFactory beans) {

	Heartbeat of(TargetDatabase database) {
		return new Heartbeat(Fleet.of(database.dataSource(), database.schema(), this.fleet.options()),
				SingletonSupplier.of(() -> member(database))::obtain);
	}

	private Member member(TargetDatabase database) {
		Set<ChangeId> knows = Set.copyOf(database.definitions().ids());
		return new Member(this.identity.id(), this.identity.application(), version(), sessions(database), knows,
				this.released.approvedChanges(database.definitions().ids()),
				this.routed.stream().flatMap((one) -> one.changes().stream()).collect(Collectors.toSet()));
	}

	private String version() {
		return Optional.ofNullable(this.build.getIfUnique())
			.map(BuildProperties::getVersion)
			.orElseGet(() -> this.environment.getProperty("spring.application.version", "unknown"));
	}

	/**
	 * Of all data sources: the next version may use any of them.
	 */
	private Set<String> sessions(TargetDatabase database) {
		Set<DataSource> all = new HashSet<>(this.beans.getBeansOfType(DataSource.class).values());
		all.add(database.dataSource());
		return SessionNames.of(all);
	}

}
