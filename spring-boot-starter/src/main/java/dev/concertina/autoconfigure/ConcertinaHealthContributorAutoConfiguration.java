package dev.concertina.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

import dev.concertina.actuate.ConcertinaHealthIndicator;
import dev.concertina.watch.ChangeWatch;

/**
 * Auto-configuration for the health contributor {@code concertina}.
 */
@AutoConfiguration(after = ConcertinaAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("concertina")
@ConditionalOnBean(ChangeWatch.class)
public final class ConcertinaHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "concertinaHealthIndicator", "concertinaHealthContributor" })
	ConcertinaHealthIndicator concertinaHealthContributor(ChangeWatch watch, ApplicationDefinitions definitions) {
		return new ConcertinaHealthIndicator(watch, definitions.running());
	}

}
