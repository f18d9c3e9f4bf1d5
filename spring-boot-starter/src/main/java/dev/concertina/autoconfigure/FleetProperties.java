package dev.concertina.autoconfigure;

import java.time.Duration;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.concertina.fleet.FleetOptions;

/**
 * How the instances of an application know of each other.
 *
 * @param enabled Whether this instance tells that it is there, and changes look for
 * instances and sessions that need their old structure.
 * @param interval How often an instance tells that it is there.
 * @param expiry After which silence an instance is taken for gone; at least twice the
 * interval.
 * @param nameSessions Whether the sessions of HikariCP's pools get an application_name
 * that is the instance's own, unless they have one. Without it, sessions of a version
 * without Concertina can't be told from those of others.
 * @param harmlessSessions The application_name of sessions that need no old structure; *
 * stands for anything.
 * @param quietFor Time without any statement that names the old structure before it may
 * be retired, where pg_stat_statements tells.
 * @param readsFor How long all reads must have gone to the new structure, where the
 * application routes them, before the old one is dropped.
 */
@ConfigurationProperties("concertina.fleet")
public record FleetProperties(@DefaultValue("true") boolean enabled, @DefaultValue("5s") Duration interval,
		@DefaultValue("30s") Duration expiry, @DefaultValue("true") boolean nameSessions,
		@DefaultValue(HARMLESS) Set<String> harmlessSessions, @DefaultValue("1m") Duration quietFor,
		@DefaultValue("10m") Duration readsFor) {

	private static final String HARMLESS = "psql,pg_dump,pg_restore,pg_basebackup,walreceiver,pgAdmin*,DBeaver*,DataGrip*,Flyway by Redgate";

	FleetOptions options() {
		return new FleetOptions(this.interval, this.expiry);
	}

}
