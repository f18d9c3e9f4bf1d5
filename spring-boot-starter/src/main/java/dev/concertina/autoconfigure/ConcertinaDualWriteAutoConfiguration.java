package dev.concertina.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.ChangeStates;
import dev.concertina.dualwrite.JdbcChangeStates;
import dev.concertina.dualwrite.KnownChanges;
import dev.concertina.dualwrite.RouterFactory;
import dev.concertina.dualwrite.RouterRegistrar;
import dev.concertina.watch.ChangedDatabases;

/**
 * Auto-configuration for dual writes by the application. Where nothing is annotated, it
 * makes no other bean than the one that looks for the annotations.
 */
@AutoConfiguration(after = { ConcertinaAutoConfiguration.class, DataSourceAutoConfiguration.class })
@ConditionalOnClass(JdbcClient.class)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnBooleanProperty(name = "concertina.dual-write.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ ConcertinaProperties.class, DualWriteProperties.class })
public final class ConcertinaDualWriteAutoConfiguration {

	private static final String ACTOR = "shadow reads";

	@Bean
	@ConditionalOnMissingBean
	static RouterRegistrar concertinaRouterRegistrar() {
		return new RouterRegistrar();
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	@DependsOnDatabaseInitialization
	ChangeStates concertinaChangeStates(DataSource dataSource, ConcertinaProperties properties,
			ListableBeanFactory beans) {
		Map<String, DataSource> others = new HashMap<>();
		beans.getBeansOfType(FurtherDatabase.class)
			.values()
			.forEach((further) -> further.target()
				.definitions()
				.ids()
				.forEach((id) -> others.put(id.value(), further.writtenBy())));
		return new JdbcChangeStates(dataSource, others, properties.schemaName());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	@ConditionalOnBean(ApplicationDefinitions.class)
	KnownChanges concertinaKnownChanges(ApplicationDefinitions definitions) {
		return new KnownChanges(definitions.ids());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	RouterFactory concertinaRouterFactory(BeanFactory beans, ChangeStates states, DualWriteProperties properties,
			ApplicationEventPublisher events, ObjectProvider<ChangedDatabases> databases) {
		return new RouterFactory(beans, states, properties.options(), events,
				(change) -> databases.getObject().of(change).steering().readShare(change, 0, ACTOR));
	}

}
