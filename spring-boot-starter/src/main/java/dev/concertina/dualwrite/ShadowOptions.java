package dev.concertina.dualwrite;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How shadow reads are made.
 *
 * @param share the percentage of reads that are also made on the other structure
 * @param holdBack whether a difference moves all reads back to the old structure
 * @param values whether a report holds the results that differ
 * @param reportInterval how long a change is quiet after a report
 */
public record ShadowOptions(int share, boolean holdBack, boolean values, Duration reportInterval) {

	public ShadowOptions {
		if (share < 0 || share > 100) {
			throw new InvalidDefinitionException("A share of shadow reads of %d %%".formatted(share), "Use 0 to 100.");
		}
	}

}
