package dev.concertina.dualwrite;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.concertina.change.Change;
import dev.concertina.testing.TestDatabase;

/**
 * An application whose notes move from one table to another.
 */
public final class NoteShop {

	private NoteShop() {
	}

	/**
	 * Starts it with plain SQL on both sides. The change is expanded, and goes no further
	 * by itself.
	 */
	public static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
		MoveNotes.fill(database);
		return start(database, List.of(WithoutRepositories.class, Moving.class, PlainSql.class), properties);
	}

	public static ConfigurableApplicationContext start(TestDatabase database, List<Class<?>> configurations,
			String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + database.url(),
				"spring.datasource.username=" + database.user(), "spring.datasource.password=" + database.password(),
				"spring.datasource.hikari.minimum-idle=0",
				"spring.datasource.hikari.data-source-properties.autosave=conservative", "spring.main.banner-mode=off",
				"concertina.locations=classpath:db/none", "spring.flyway.locations=classpath:db/none",
				"spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=0",
				"concertina.backfill.enabled=false", "concertina.poll-interval=50ms", "concertina.contract.soak=0s",
				"concertina.fleet.reads-for=0s", "concertina.fleet.harmless-sessions=test"));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(configurations.toArray(Class<?>[]::new)).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties(all.toArray(String[]::new))
			.run();
	}

	public static double count(ApplicationContext shop, String meter) {
		Counter counter = shop.getBean(MeterRegistry.class).find(meter).tag("change", "move_notes").counter();
		return (counter != null) ? counter.count() : 0;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { HibernateJpaAutoConfiguration.class,
			DataJpaRepositoriesAutoConfiguration.class, DataJdbcRepositoriesAutoConfiguration.class })
	static class WithoutRepositories {

	}

	@Configuration(proxyBeanMethods = false)
	public static class Moving {

		@Bean
		Change moveNotes() {
			return MoveNotes.CHANGE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ OldNotes.class, NewNotes.class })
	static class PlainSql {

	}

}
