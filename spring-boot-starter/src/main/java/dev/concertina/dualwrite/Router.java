package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.util.OptionalInt;
import java.util.function.Function;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;
import dev.concertina.failure.ConcertinaException;

/**
 * Sends each call of an interface where it belongs.
 *
 * <ol>
 * <li>A write is made in the transaction of the caller, or else in one of its own. In it
 * the state of the change is read, unless an earlier call of that transaction did so.
 * <li>It goes to the old side, to both, or to the new one; where triggers carry it to the
 * other side, to the one in charge. The old side always comes first, so that two
 * transactions don't lock rows in different orders. What a side has left to be written
 * later, as JPA does, is written before the other one's turn.
 * <li>If either side fails, the transaction can only be rolled back, also if the caller
 * catches the exception.
 * <li>A read goes to the side that its bucket belongs to. Outside of a transaction it
 * gets one that only reads, so that no structure goes away between the look at the change
 * and the read; but for what the caller goes on to read from later, and what fails only
 * because of the transaction.
 * </ol>
 */
final class Router implements MethodInterceptor {

	private final DualWrite mark;

	private final String name;

	private final Routes routes;

	private final Function<Side, Object> sides;

	private final Rules rules;

	private final Transactions transactions;

	private final ShadowReads shadows;

	Router(Class<?> type, DualWrite mark, Routes routes, Function<Side, Object> sides, Rules rules,
			Transactions transactions, ShadowReads shadows) {
		this.name = type.getName();
		this.mark = mark;
		this.routes = routes;
		this.sides = sides;
		this.rules = rules;
		this.transactions = transactions;
		this.shadows = shadows;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Method method = invocation.getMethod();
		if (method.getDeclaringClass() == Object.class) {
			return toString();
		}
		Route route = this.routes.of(method);
		Call call = new Call(method, invocation.getArguments());
		return (route.access() == Access.READ) ? read(call, route) : this.transactions.join((tx) -> write(call, tx));
	}

	private @Nullable Object write(Call call, TransactionStatus transaction) throws Throwable {
		if (!this.transactions.areActive()) {
			throw new ConcertinaException(
					"The transaction of a write of change '%s' is not one of its data source"
						.formatted(this.mark.value()),
					"Name the PlatformTransactionManager of both sides in @DualWrite(transactionManager), or mark it with @Primary.");
		}
		ChangeState state = this.rules.ofTransaction(this.mark.value());
		Side inCharge = state.answersNew() ? Side.NEW : Side.OLD;
		if (state.writes() != Writes.BOTH) {
			return call.on(this.sides.apply(inCharge));
		}
		@Nullable Object old = call.on(this.sides.apply(Side.OLD));
		transaction.flush();
		@Nullable Object fresh = call.on(this.sides.apply(Side.NEW));
		transaction.flush();
		return (inCharge == Side.NEW) ? fresh : old;
	}

	private @Nullable Object read(Call call, Route route) throws Throwable {
		if (this.transactions.areActive()) {
			return this.shadows.beside(chosen(call, route, this.rules.ofTransaction(this.mark.value())));
		}
		if (!route.inside()) {
			return readNow(call, route);
		}
		try {
			return this.shadows.apart(() -> chosen(call, route, this.rules.ofTransaction(this.mark.value())));
		}
		catch (Throwable ex) {
			if (Transactions.areToBlame(ex)) {
				return readNow(call, route);
			}
			throw ex;
		}
	}

	private @Nullable Object readNow(Call call, Route route) throws Throwable {
		return chosen(call, route, this.rules.now(this.mark.value())).answer();
	}

	private ShadowRead chosen(Call call, Route route, ChangeState state) {
		boolean shared = state.readShare() > 0 && state.readShare() < 100;
		Side side = state.readsNew(shared ? bucket(call, route) : 0) ? Side.NEW : Side.OLD;
		return new ShadowRead(state, route, call, side, this.sides);
	}

	private int bucket(Call call, Route route) {
		if (this.mark.sticky() == Sticky.KEY && route.key().isPresent()) {
			return Buckets.of(call.argument(route.key().getAsInt()));
		}
		OptionalInt request = RequestBucket.current();
		return request.isPresent() ? request.getAsInt() : this.rules.bucket();
	}

	@Override
	public String toString() {
		return "router of %s for change '%s'".formatted(this.name, this.mark.value());
	}

}
