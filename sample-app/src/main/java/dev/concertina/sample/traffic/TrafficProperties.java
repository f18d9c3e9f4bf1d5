package dev.concertina.sample.traffic;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How busy the shop is.
 *
 * @param oldCustomers how many customers the old version serves at once
 * @param newCustomers how many customers the new version serves at once
 * @param requestsPerSecond how many requests all of them send, however long the answers
 * take
 */
@ConfigurationProperties("sample.traffic")
public record TrafficProperties(@DefaultValue("4") int oldCustomers, @DefaultValue("4") int newCustomers,
		@DefaultValue("200") int requestsPerSecond) {

	/**
	 * Return the time from one request of a customer to its next.
	 * @return the same for all customers
	 */
	public Duration interval() {
		return Duration.ofSeconds(this.oldCustomers + this.newCustomers).dividedBy(this.requestsPerSecond);
	}

}
