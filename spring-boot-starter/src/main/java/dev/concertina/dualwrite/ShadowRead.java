package dev.concertina.dualwrite;

import org.jspecify.annotations.Nullable;

import dev.concertina.ChangeState;

/**
 * A read that is made on both sides.
 *
 * @param state how the change stands
 * @param route how the method is routed
 * @param call the call
 * @param side the side that is in charge
 * @param inCharge what answers it
 * @param other what answers in its shadow
 */
record ShadowRead(ChangeState state, Route route, Call call, Side side, Object inCharge, Object other) {

	@Nullable Object answer() throws Throwable {
		return this.call.on(this.inCharge);
	}

	@Nullable Object shadow() throws Throwable {
		return this.call.on(this.other);
	}

	/**
	 * Return how a report names it.
	 */
	String method() {
		return Methods.signature(this.call.method());
	}

	String key() {
		return this.route.nameKey(this.call);
	}

}
