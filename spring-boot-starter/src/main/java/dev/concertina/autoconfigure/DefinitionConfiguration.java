package dev.concertina.autoconfigure;

import java.util.List;
import java.util.Objects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeFiles;
import dev.concertina.change.ChangeReader;
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
	ChangeDefinitions concertinaChangeDefinitions(ConcertinaProperties properties, OperationCatalog catalog,
			ObjectProvider<Change> changes, ResourceLoader resources) {
		ClassLoader loader = Objects.requireNonNullElseGet(resources.getClassLoader(),
				ClassLoader::getSystemClassLoader);
		List<ChangeFile> files = properties.locations()
			.stream()
			.flatMap((location) -> ChangeFiles.load(loader, location).stream())
			.toList();
		return ChangeDefinitions.of(new ChangeReader(catalog).read(files), changes.orderedStream().toList())
			.without(properties.disabledChanges());
	}

}
