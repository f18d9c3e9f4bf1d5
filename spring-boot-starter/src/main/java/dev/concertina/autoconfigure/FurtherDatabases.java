package dev.concertina.autoconfigure;

import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.core.env.Environment;
import org.springframework.core.metrics.ApplicationStartup;

import dev.concertina.autoconfigure.ConcertinaProperties.Database;
import dev.concertina.event.MigrationListener;
import dev.concertina.failure.InvalidDefinitionException;

/**
 * Adds what works on each of {@code concertina.databases}: its changes among the
 * migrations of its Flyway, ahead of all beans that need a database, and what goes on in
 * the background.
 */
final class FurtherDatabases implements BeanRegistrar {

	private static final String NAMES = "concertina.databases";

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		Binder.get(environment)
			.bind(NAMES, Bindable.mapOf(String.class, Database.class))
			.orElse(Map.of())
			.keySet()
			.forEach((name) -> register(registry, name));
	}

	private static void register(BeanRegistry registry, String name) {
		String database = name + "ConcertinaDatabase";
		registry.registerBean(database, FurtherDatabase.class,
				(bean) -> bean.notAutowirable().supplier((context) -> make(context, name)));
		registry.registerBean(name + "ConcertinaInitializer", FlywayMigrationInitializer.class,
				(bean) -> bean.notAutowirable()
					.supplier((context) -> context.bean(database, FurtherDatabase.class)
						.initializer(context.bean(ApplicationStartup.class))));
		registry.registerBean(name + "ConcertinaLifecycle", ConcertinaLifecycle.class, (bean) -> bean.notAutowirable()
			.supplier((context) -> lifecycle(context, context.bean(database, FurtherDatabase.class))));
		registry.registerBean(name + "ConcertinaFleetLifecycle", FleetLifecycle.class, (bean) -> bean.notAutowirable()
			.supplier((context) -> fleet(context, context.bean(database, FurtherDatabase.class).target())));
	}

	private static FurtherDatabase make(SupplierContext context, String name) {
		Database properties = Objects.requireNonNull(context.bean(ConcertinaProperties.class).databases().get(name));
		Flyway flyway = named(context, properties.flywayOf(name), Flyway.class, name + ".flyway");
		DataSource writtenBy = (properties.dataSource() != null)
				? named(context, properties.dataSource(), DataSource.class, name + ".data-source")
				: flyway.getConfiguration().getDataSource();
		return new FurtherDatabase(flyway, writtenBy, context.bean(ApplicationDefinitions.class).of(name),
				context.bean(ConcertinaFactory.class));
	}

	private static <T> T named(SupplierContext context, String bean, Class<T> type, String property) {
		try {
			return context.bean(bean, type);
		}
		catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException ex) {
			throw new InvalidDefinitionException(
					"%s.%s: there is no %s bean '%s'".formatted(NAMES, property, type.getSimpleName(), bean),
					"Declare it by @Bean(defaultCandidate = false), or name another one.");
		}
	}

	private static ConcertinaLifecycle lifecycle(SupplierContext context, FurtherDatabase database) {
		return new ConcertinaLifecycle(database.concertina(), database.target(),
				context.bean(ConcertinaProperties.class), database.events(),
				context.beanProvider(MigrationListener.class).orderedStream().toList());
	}

	private static FleetLifecycle fleet(SupplierContext context, TargetDatabase database) {
		return new FleetLifecycle(database,
				context.beanProvider(Heartbeats.class).stream().map((heartbeats) -> heartbeats.of(database)).toList());
	}

}
