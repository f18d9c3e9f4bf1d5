package dev.concertina.sample.tour;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;

import dev.concertina.sample.fleet.Fleet;

/**
 * Takes the old version out of service: what a platform does at the end of a rolling
 * deployment.
 */
@Endpoint(id = "oldversion")
public class OldVersionEndpoint {

	private final Fleet fleet;

	/**
	 * Make the endpoint.
	 * @param fleet the versions that run
	 */
	public OldVersionEndpoint(Fleet fleet) {
		this.fleet = fleet;
	}

	/**
	 * Let it serve the requests that it has, and stop.
	 */
	@DeleteOperation
	public void stop() {
		this.fleet.retire("old");
	}

}
