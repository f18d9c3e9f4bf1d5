package dev.concertina.sample;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

import dev.concertina.sample.database.DatabaseConfiguration;
import dev.concertina.sample.fleet.Fleet;
import dev.concertina.sample.terminal.Terminal;
import dev.concertina.sample.traffic.Requests;

/**
 * What both versions of the shop share: a database, and somebody who counts.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ DatabaseConfiguration.class, Fleet.class, Requests.class, Terminal.class })
class Stage {

}
