package dev.concertina.story;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives a shop a barrier before its backfills.
 */
@Configuration(proxyBeanMethods = false)
class Held {

	@Bean
	Barrier barrier() {
		return new Barrier();
	}

}
