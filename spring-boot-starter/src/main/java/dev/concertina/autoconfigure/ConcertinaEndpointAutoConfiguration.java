package dev.concertina.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.concertina.Concertina;
import dev.concertina.actuate.ConcertinaEndpoint;
import dev.concertina.watch.ChangeWatch;

/**
 * Auto-configuration for the Actuator endpoint {@code concertina}.
 */
@AutoConfiguration(after = ConcertinaAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(ConcertinaEndpoint.class)
@ConditionalOnBean({ Concertina.class, ChangeWatch.class })
public final class ConcertinaEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConcertinaEndpoint concertinaEndpoint(Concertina concertina, ChangeWatch watch) {
		return new ConcertinaEndpoint(concertina, watch);
	}

}
