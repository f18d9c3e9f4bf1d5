package dev.concertina.sample.seed;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the shop has sold so far.
 *
 * @param orders how many orders there are before anything changes
 */
@ConfigurationProperties("sample")
public record SeedProperties(@DefaultValue("200000") long orders) {

}
