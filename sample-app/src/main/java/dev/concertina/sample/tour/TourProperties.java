package dev.concertina.sample.tour;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the change is led.
 *
 * @param readShares the steps in which reads move to the new structure, in per cent
 * @param stay how long to watch after each step before the next one
 * @param byHand whether somebody else leads it, by commands or in the console
 */
@ConfigurationProperties("sample.tour")
public record TourProperties(@DefaultValue("10, 50, 100") List<Integer> readShares, @DefaultValue("3s") Duration stay,
		boolean byHand) {

	public TourProperties {
		readShares = List.copyOf(readShares);
	}

}
