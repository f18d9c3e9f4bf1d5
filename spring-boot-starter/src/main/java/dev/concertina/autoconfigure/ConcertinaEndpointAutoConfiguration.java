package dev.concertina.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.concertina.Concertina;
import dev.concertina.actuate.ConcertinaEndpoint;
import dev.concertina.fleet.Fleet;
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
	ConcertinaEndpoint concertinaEndpoint(Concertina concertina, ChangeWatch watch, TargetDatabase database,
			ObjectProvider<Fleet> fleet) {
		return new ConcertinaEndpoint(concertina, watch, () -> (database.isSupported() && concertina.isInstalled())
				? fleet.stream().flatMap((one) -> one.live().stream()).toList() : List.of());
	}

}
