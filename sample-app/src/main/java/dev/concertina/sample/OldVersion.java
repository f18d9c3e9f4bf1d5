package dev.concertina.sample;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.concertina.autoconfigure.ConcertinaAutoConfiguration;
import dev.concertina.autoconfigure.ConcertinaDualWriteAutoConfiguration;
import dev.concertina.sample.seed.SeedProperties;
import dev.concertina.sample.seed.Seeding;
import dev.concertina.sample.shop.JsonOrders;
import dev.concertina.sample.traffic.Customers;
import dev.concertina.sample.traffic.Ledger;
import dev.concertina.sample.traffic.ShopFront;
import dev.concertina.sample.traffic.TrafficProperties;

/**
 * The version of the shop that ran yesterday. It has never heard of Concertina.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = { ConcertinaAutoConfiguration.class, ConcertinaDualWriteAutoConfiguration.class })
@EnableConfigurationProperties({ SeedProperties.class, TrafficProperties.class })
@Import({ Ledger.class, Seeding.class, JsonOrders.class, ShopFront.class })
class OldVersion {

	@Bean
	Customers customers(TrafficProperties traffic, ShopFront shop) {
		return new Customers("old", traffic.oldCustomers(), traffic.interval(), shop);
	}

}
