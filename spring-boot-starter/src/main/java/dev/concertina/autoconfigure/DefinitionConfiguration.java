package dev.concertina.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

import dev.concertina.change.OperationCatalog;
import dev.concertina.operation.Operations;

/**
 * What an application has written: YAML files and beans.
 */
@Configuration(proxyBeanMethods = false)
class DefinitionConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OperationCatalog concertinaOperationCatalog() {
		return Operations.catalog();
	}

	@Bean
	@ConditionalOnMissingBean
	ApplicationDefinitions concertinaApplicationDefinitions(ConcertinaProperties properties, OperationCatalog catalog,
			ConfigurableListableBeanFactory beans, ResourceLoader resources) {
		return new DefinitionSources(properties, catalog, beans, resources).read();
	}

}
