package dev.concertina.dualwrite;

/**
 * What stays on one side while reads move over.
 */
public enum Sticky {

	/**
	 * A key: the parameter with {@link RoutingKey @RoutingKey}, or else the first one.
	 * What has no parameter goes by the request.
	 */
	KEY,

	/** A web request, or else a transaction, or else a call. */
	REQUEST

}
