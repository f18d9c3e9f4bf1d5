package dev.concertina.autoconfigure;

import java.time.Clock;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import dev.concertina.foreground.PoolSaturation;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.signal.ActiveSessions;
import dev.concertina.throttle.signal.ArchiveBacklog;
import dev.concertina.throttle.signal.Autovacuum;
import dev.concertina.throttle.signal.DeadRows;
import dev.concertina.throttle.signal.LockWaiters;
import dev.concertina.throttle.signal.OldestTransaction;
import dev.concertina.throttle.signal.QueryResult;
import dev.concertina.throttle.signal.ReplicationLag;
import dev.concertina.throttle.signal.RetainedWal;
import dev.concertina.throttle.signal.TimeWindow;
import dev.concertina.throttle.signal.TimeWindows;
import dev.concertina.throttle.signal.WalRate;

/**
 * The signals that may slow or hold a backfill. None is there unless it is asked for: who
 * did not ask would take a hold for a failure.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ThrottleProperties.class)
class SignalConfiguration {

	private static final String PREFIX = "concertina.throttle.";

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "replication-lag.enabled")
	ReplicationLag concertinaReplicationLag(TargetDatabase database, ThrottleProperties properties) {
		ThrottleProperties.ReplicationLag lag = properties.replicationLag();
		return new ReplicationLag(database.dataSource(), lag.size(), lag.time(), lag.ignored());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "retained-wal.enabled")
	RetainedWal concertinaRetainedWal(TargetDatabase database, ThrottleProperties properties) {
		return new RetainedWal(database.dataSource(), properties.retainedWal().size());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "archive-backlog.enabled")
	ArchiveBacklog concertinaArchiveBacklog(TargetDatabase database, ThrottleProperties properties) {
		return new ArchiveBacklog(database.dataSource(), Limit.of(properties.archiveBacklog().limit()));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "wal-rate.enabled")
	WalRate concertinaWalRate(TargetDatabase database, ThrottleProperties properties) {
		return new WalRate(database.dataSource(), properties.walRate().size());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "autovacuum.enabled")
	Autovacuum concertinaAutovacuum(TargetDatabase database, ThrottleProperties properties) {
		return new Autovacuum(database.dataSource(), Limit.of(properties.autovacuum().limit()));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "oldest-transaction.enabled")
	OldestTransaction concertinaOldestTransaction(TargetDatabase database, ThrottleProperties properties) {
		return new OldestTransaction(database.dataSource(), properties.oldestTransaction().time());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "lock-waiters.enabled")
	LockWaiters concertinaLockWaiters(TargetDatabase database, ThrottleProperties properties) {
		return new LockWaiters(database.dataSource(), Limit.of(properties.lockWaiters().limit()));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "active-sessions.enabled")
	ActiveSessions concertinaActiveSessions(TargetDatabase database, ThrottleProperties properties) {
		return new ActiveSessions(database.dataSource(), Limit.of(properties.activeSessions().limit()));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "dead-rows.enabled")
	DeadRows concertinaDeadRows(TargetDatabase database, ThrottleProperties properties) {
		return new DeadRows(database.dataSource(), Limit.of(properties.deadRows().limit()));
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaQueryResult")
	@ConditionalOnProperty(PREFIX + "query.sql")
	QueryResult concertinaQueryResult(TargetDatabase database, ThrottleProperties properties) {
		ThrottleProperties.Query query = properties.query();
		return new QueryResult(database.dataSource(), query.name(), String.valueOf(query.sql()), query.number());
	}

	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnHours.class)
	TimeWindows concertinaTimeWindows(ThrottleProperties properties) {
		ThrottleProperties.Window window = properties.window();
		return new TimeWindows(window.hours().stream().map(TimeWindow::of).toList(), window.zone(), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(PREFIX + "connection-pool.enabled")
	PoolSaturation concertinaPoolSaturation(ObjectProvider<DataSource> dataSource, TargetDatabase database,
			ObjectProvider<DataSourcePoolMetadataProvider> providers, ThrottleProperties properties) {
		DataSource pool = dataSource.getIfUnique(database::dataSource);
		DataSourcePoolMetadataProvider provider = new CompositeDataSourcePoolMetadataProvider(
				providers.orderedStream().toList());
		ThrottleProperties.ConnectionPool limits = properties.connectionPool();
		return new PoolSaturation(() -> provider.getDataSourcePoolMetadata(pool),
				new Limit(limits.limit(), limits.holdFrom()));
	}

	/**
	 * Whether there are hours, in one line or as a list.
	 */
	static final class OnHours extends OnPropertyListCondition {

		OnHours() {
			super(PREFIX + "window.hours", () -> ConditionMessage.forCondition("Hours of backfills"));
		}

	}

}
