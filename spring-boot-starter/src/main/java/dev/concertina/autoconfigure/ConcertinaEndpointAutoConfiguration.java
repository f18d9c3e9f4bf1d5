package dev.concertina.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.concertina.actuate.ConcertinaEndpoint;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.ChangedDatabases;

/**
 * Auto-configuration for the Actuator endpoint {@code concertina}.
 */
@AutoConfiguration(after = ConcertinaAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(ConcertinaEndpoint.class)
@ConditionalOnBean({ ChangedDatabases.class, ChangeWatch.class })
public final class ConcertinaEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConcertinaEndpoint concertinaEndpoint(ChangedDatabases databases, ChangeWatch watch) {
		return new ConcertinaEndpoint(databases, watch);
	}

}
