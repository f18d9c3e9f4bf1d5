package dev.concertina.autoconfigure;

import java.util.Locale;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Gives the sessions of pools an {@code application_name} of this instance's own, unless
 * they have one: by it a session of a version that knows nothing of Concertina is told
 * from those of all others.
 */
final class SessionNaming implements BeanPostProcessor {

	private static final String PROPERTY = "ApplicationName";

	private final ObjectProvider<InstanceIdentity> identity;

	SessionNaming(ObjectProvider<InstanceIdentity> identity) {
		this.identity = identity;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof HikariDataSource pool && !pool.isRunning() && isPostgreSql(pool) && !isNamed(pool)) {
			pool.addDataSourceProperty(PROPERTY, this.identity.getObject().session());
		}
		return bean;
	}

	private static boolean isPostgreSql(HikariDataSource pool) {
		return String.valueOf(pool.getJdbcUrl()).toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
	}

	private static boolean isNamed(HikariDataSource pool) {
		return pool.getDataSourceProperties().containsKey(PROPERTY)
				|| String.valueOf(pool.getJdbcUrl()).contains(PROPERTY + "=");
	}

}
