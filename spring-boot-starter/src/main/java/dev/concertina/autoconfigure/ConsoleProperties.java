package dev.concertina.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the console.
 *
 * @param enabled Whether to serve a page that shows the changes, and steers them where
 * the endpoint may. It asks the Actuator endpoint, which has to be exposed.
 * @param path Path of the page, on the port of the Actuator endpoints.
 */
@ConfigurationProperties("concertina.console")
public record ConsoleProperties(@DefaultValue("false") boolean enabled, @DefaultValue("/concertina") String path) {

}
