package dev.concertina.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.concertina.dualwrite.ShadowOptions;

/**
 * Properties of dual writes by the application. A shadow read asks the structure that is
 * not in charge, too, and compares.
 *
 * @param enabled Whether interfaces with @DualWrite get a router.
 * @param shadowShare Percentage of reads that are also made on the other structure and
 * compared.
 * @param holdBack Whether a difference that a shadow read finds moves all reads back to
 * the old structure.
 * @param reportInterval Minimum time between two reports of differences of a change; the
 * meters count them all.
 * @param reportValues Whether the log has the results that differ, and what the database
 * says of an error. They may be personal data.
 */
@ConfigurationProperties("concertina.dual-write")
public record DualWriteProperties(@DefaultValue("true") boolean enabled, @DefaultValue("0") int shadowShare,
		@DefaultValue("false") boolean holdBack, @DefaultValue("10s") Duration reportInterval,
		@DefaultValue("false") boolean reportValues) {

	ShadowOptions options() {
		return new ShadowOptions(this.shadowShare, this.holdBack, this.reportValues, this.reportInterval);
	}

}
