package dev.concertina.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import dev.concertina.Concertina;
import dev.concertina.console.Console;
import dev.concertina.console.ConsoleSecurity;
import dev.concertina.console.SpringConsoleSecurity;

/**
 * Auto-configuration for the console, which is where the Actuator endpoints are: here, or
 * by {@link ConsoleManagementConfiguration} on a port of their own.
 */
@AutoConfiguration(after = { ConcertinaAutoConfiguration.class, WebEndpointAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ DispatcherServlet.class, PathMappedEndpoints.class, WebEndpointAutoConfiguration.class })
@ConditionalOnBooleanProperty("concertina.console.enabled")
@ConditionalOnBean({ Concertina.class, PathMappedEndpoints.class })
@EnableConfigurationProperties(ConsoleProperties.class)
public final class ConcertinaConsoleAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Console concertinaConsole(ConsoleProperties properties, PathMappedEndpoints endpoints,
			ObjectProvider<ConsoleSecurity> security) {
		return new Console(properties.path(), endpoints, security.getIfAvailable(ConsoleSecurity::none));
	}

	@Bean
	@ConditionalOnManagementPort(ManagementPortType.SAME)
	RouterFunction<ServerResponse> concertinaConsoleRoutes(Console console) {
		return console.routes();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CsrfToken.class)
	static class SecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ConsoleSecurity concertinaConsoleSecurity(ObjectProvider<WebInvocationPrivilegeEvaluator> privileges) {
			return new SpringConsoleSecurity(privileges.getIfUnique());
		}

	}

}
