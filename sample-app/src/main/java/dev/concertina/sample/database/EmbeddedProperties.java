package dev.concertina.sample.database;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded server keeps its data.
 *
 * @param dataDirectory the directory; a hidden one in the user's home if it is not set
 * @param reset whether to forget the data of earlier runs
 */
@ConfigurationProperties("sample")
public record EmbeddedProperties(@Nullable Path dataDirectory, @DefaultValue("false") boolean reset) {

}
