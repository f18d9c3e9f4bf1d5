package dev.concertina.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.ResourceLoader;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeFiles;
import dev.concertina.change.ChangeReader;
import dev.concertina.change.OperationCatalog;

/**
 * Where changes are written: those of a further database in folders of its own, and in
 * beans that have its name as {@link Qualifier @Qualifier}.
 *
 * @param properties where the folders are
 * @param catalog the operations that a file may name
 * @param beans the beans
 * @param resources what finds the folders
 */
record DefinitionSources(ConcertinaProperties properties, OperationCatalog catalog,
		ConfigurableListableBeanFactory beans, ResourceLoader resources) {

	ApplicationDefinitions read() {
		Map<String, ChangeDefinitions> further = new HashMap<>();
		this.properties.databases()
			.forEach((name, database) -> further.put(name, read(database.locationsOf(name), name)));
		return new ApplicationDefinitions(read(this.properties.locations(), null), further)
			.without(this.properties.disabledChanges());
	}

	private ChangeDefinitions read(List<String> locations, @Nullable String database) {
		ClassLoader loader = Objects.requireNonNullElseGet(this.resources.getClassLoader(),
				ClassLoader::getSystemClassLoader);
		List<ChangeFile> files = locations.stream()
			.flatMap((location) -> ChangeFiles.load(loader, location).stream())
			.toList();
		List<Change> changes = Stream.of(this.beans.getBeanNamesForType(Change.class))
			.filter((bean) -> Objects.equals(database(bean), database))
			.map((bean) -> this.beans.getBean(bean, Change.class))
			.toList();
		return ChangeDefinitions.of(new ChangeReader(this.catalog).read(files), changes);
	}

	/**
	 * Return the further database that a bean is for; nothing for the first one.
	 */
	private @Nullable String database(String bean) {
		Qualifier qualifier = this.beans.findAnnotationOnBean(bean, Qualifier.class);
		return (qualifier != null && this.properties.databases().containsKey(qualifier.value())) ? qualifier.value()
				: null;
	}

}
