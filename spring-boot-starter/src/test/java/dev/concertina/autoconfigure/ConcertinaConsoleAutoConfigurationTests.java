package dev.concertina.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.RouterFunction;

import dev.concertina.console.Console;
import dev.concertina.console.ConsoleSecurity;
import dev.concertina.failure.ConcertinaException;

import static org.assertj.core.api.Assertions.assertThat;

class ConcertinaConsoleAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ConcertinaAutoConfiguration.class,
			ConcertinaConsoleAutoConfiguration.class, ConcertinaEndpointAutoConfiguration.class,
			DataSourceAutoConfiguration.class, EndpointAutoConfiguration.class, FlywayAutoConfiguration.class,
			WebEndpointAutoConfiguration.class);

	private static final String[] PROPERTIES = { "concertina.console.enabled=true",
			"spring.datasource.generate-unique-name=true", "management.endpoints.web.exposure.include=*" };

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
		.withPropertyValues(PROPERTIES);

	@Test
	void servesThePageWhereItIsAskedFor() {
		this.web.run((context) -> assertThat(context).hasSingleBean(Console.class).hasSingleBean(RouterFunction.class));
	}

	@Test
	void isOffByDefault() {
		this.web.withPropertyValues("concertina.console.enabled=")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Console.class)
				.doesNotHaveBean(RouterFunction.class));
	}

	@Test
	void backsOffWithoutConcertina() {
		this.web.withPropertyValues("concertina.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Console.class));
	}

	@Test
	void backsOffWithoutServlets() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(PROPERTIES)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Console.class));
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(PROPERTIES)
			.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Console.class));
	}

	@Test
	void backsOffWithoutActuator() {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ConcertinaAutoConfiguration.class, ConcertinaConsoleAutoConfiguration.class,
							DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
			.withPropertyValues(PROPERTIES)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("concertinaConsole"));
	}

	@Test
	void needsNoSpringSecurity() {
		this.web.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasSingleBean(Console.class).doesNotHaveBean(ConsoleSecurity.class));
	}

	@Test
	void asksTheApplicationForTheHeaderOfAWrite() {
		ConsoleSecurity own = ConsoleSecurity.none();
		this.web.withBean("own", ConsoleSecurity.class, () -> own)
			.run((context) -> assertThat(context).getBean(ConsoleSecurity.class).isSameAs(own));
		this.web.run((context) -> assertThat(context.getBean(ConsoleSecurity.class).csrf(new MockHttpServletRequest()))
			.isEmpty());
	}

	@Test
	void servesNothingHereWhereTheEndpointsHaveAPortOfTheirOwn() {
		this.web.withPropertyValues("management.server.port=0", "server.port=8080")
			.run((context) -> assertThat(context).hasSingleBean(Console.class).doesNotHaveBean(RouterFunction.class));
	}

	@Test
	void aPathThatIsTakenStopsTheStart() {
		this.web.withPropertyValues("management.endpoints.web.base-path=/")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ConcertinaException.class)
				.hasMessage("The console can't be at /concertina: an Actuator endpoint is at /concertina"));
	}

}
