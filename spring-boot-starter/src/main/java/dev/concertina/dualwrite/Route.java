package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * How a method is routed.
 *
 * @param access whether it reads or writes
 * @param key which of its arguments is the key, if it has any
 * @param marked whether somebody has said that this is the key
 * @param inside whether all that it does is done in the transaction of the caller before
 * it returns
 */
record Route(Access access, OptionalInt key, boolean marked, boolean inside) {

	static Route of(Method method, Access access, boolean inside) {
		Parameter[] parameters = method.getParameters();
		OptionalInt marked = IntStream.range(0, parameters.length)
			.filter((index) -> parameters[index].isAnnotationPresent(RoutingKey.class))
			.findFirst();
		OptionalInt first = (parameters.length > 0) ? OptionalInt.of(0) : OptionalInt.empty();
		return new Route(access, marked.isPresent() ? marked : first, marked.isPresent(), inside);
	}

	/**
	 * Return what a report may say of a call: a text may be a person's, unless somebody
	 * has said that it is a key.
	 */
	String nameKey(Call call) {
		if (this.key.isEmpty()) {
			return "no key";
		}
		@Nullable Object value = call.argument(this.key.getAsInt());
		boolean harmless = this.marked || value instanceof Number || value instanceof UUID || value instanceof Enum;
		return harmless ? "key " + Buckets.text(value) : "a key of bucket " + Buckets.of(value);
	}

}
