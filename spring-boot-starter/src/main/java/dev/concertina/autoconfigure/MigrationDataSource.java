package dev.concertina.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.StringUtils;

import dev.concertina.failure.ConcertinaException;

/**
 * The data source that Flyway migrates with: what goes on in the background needs the
 * same rights.
 *
 * <p>
 * Chosen as Flyway's auto-configuration does:
 * <ol>
 * <li>the one that is marked as {@link FlywayDataSource @FlywayDataSource};</li>
 * <li>one for {@code spring.flyway.url};</li>
 * <li>the application's with the user of {@code spring.flyway.user};</li>
 * <li>the application's.</li>
 * </ol>
 *
 * @param marked the data source for Flyway
 * @param application the single or primary data source
 * @param details how Flyway connects
 * @param naming what gives a name to sessions of the second and the third, or nothing
 */
record MigrationDataSource(@Nullable DataSource marked, @Nullable DataSource application,
		@Nullable FlywayConnectionDetails details, @Nullable SessionNaming naming) {

	DataSource choose() {
		if (this.marked != null) {
			return this.marked;
		}
		if (this.details != null && this.details.getJdbcUrl() != null) {
			return asFlywayUser(DataSourceBuilder.create().url(this.details.getJdbcUrl()), this.details);
		}
		if (this.application == null) {
			throw new ConcertinaException("There are several data sources, and none is the one to migrate",
					"Mark it with @FlywayDataSource or @Primary.");
		}
		if (this.details != null && this.details.getUsername() != null) {
			return asFlywayUser(DataSourceBuilder.derivedFrom(this.application), this.details);
		}
		return this.application;
	}

	private DataSource asFlywayUser(DataSourceBuilder<?> any, FlywayConnectionDetails details) {
		DataSourceBuilder<SimpleDriverDataSource> builder = any.type(SimpleDriverDataSource.class)
			.username(details.getUsername())
			.password(details.getPassword());
		if (StringUtils.hasText(details.getDriverClassName())) {
			builder.driverClassName(details.getDriverClassName());
		}
		SimpleDriverDataSource made = builder.build();
		if (this.naming != null) {
			this.naming.name(made);
		}
		return made;
	}

	/**
	 * Whether there is one to choose.
	 */
	static final class Present extends AnyNestedCondition {

		Present() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnSingleCandidate(DataSource.class)
		static final class OfApplication {

		}

		@ConditionalOnBean(annotation = FlywayDataSource.class)
		static final class Marked {

		}

		@ConditionalOnProperty("spring.flyway.url")
		static final class Url {

		}

	}

}
