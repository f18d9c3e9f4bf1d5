package dev.concertina.autoconfigure;

import java.util.Locale;
import java.util.Properties;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

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
		if (bean instanceof HikariDataSource pool && !pool.isRunning() && isPostgreSql(pool.getJdbcUrl())
				&& !isNamed(pool.getJdbcUrl()) && !pool.getDataSourceProperties().containsKey(PROPERTY)) {
			pool.addDataSourceProperty(PROPERTY, this.identity.getObject().session());
		}
		return bean;
	}

	/**
	 * Name the sessions of a data source that is no bean.
	 */
	void name(SimpleDriverDataSource dataSource) {
		if (isPostgreSql(dataSource.getUrl()) && !isNamed(dataSource.getUrl())) {
			Properties properties = new Properties();
			properties.setProperty(PROPERTY, this.identity.getObject().session());
			dataSource.setConnectionProperties(properties);
		}
	}

	private static boolean isPostgreSql(@Nullable String url) {
		return String.valueOf(url).toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
	}

	private static boolean isNamed(@Nullable String url) {
		return String.valueOf(url).contains(PROPERTY + "=");
	}

}
