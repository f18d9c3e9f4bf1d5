package dev.concertina.dualwrite;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.concertina.ChangeState;

/**
 * A read that may be made on both sides.
 *
 * @param state how the change stands
 * @param route how the method is routed
 * @param call the call
 * @param side the side that is in charge
 * @param sides what answers
 */
record ShadowRead(ChangeState state, Route route, Call call, Side side, Function<Side, Object> sides) {

	@Nullable Object answer() throws Throwable {
		return this.call.on(this.sides.apply(this.side));
	}

	@Nullable Object shadow() throws Throwable {
		return this.call.on(this.sides.apply(this.side.other()));
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
