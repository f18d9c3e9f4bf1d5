package dev.concertina.sample;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.concertina.sample.shop.ItemTableOrders;
import dev.concertina.sample.shop.JsonOrders;
import dev.concertina.sample.tour.OldVersionEndpoint;
import dev.concertina.sample.tour.Tour;
import dev.concertina.sample.tour.TourProperties;
import dev.concertina.sample.traffic.Customers;
import dev.concertina.sample.traffic.Ledger;
import dev.concertina.sample.traffic.ShopFront;
import dev.concertina.sample.traffic.TrafficProperties;

/**
 * The version of the shop that brings the change: at its start, Flyway runs the expand
 * and dual-write phases of {@code V2__split_order_items.yaml} after {@code V1__shop.sql};
 * then Concertina copies and compares in the background.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({ TourProperties.class, TrafficProperties.class })
@Import({ ItemTableOrders.class, JsonOrders.class, Ledger.class, OldVersionEndpoint.class, ShopFront.class,
		Tour.class })
class NewVersion {

	@Bean
	Customers customers(TrafficProperties traffic, ShopFront shop) {
		return new Customers("new", traffic.newCustomers(), traffic.interval(), shop);
	}

}
