package dev.concertina.dualwrite;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * One read on both sides, as far as it has come.
 */
final class ShadowComparison {

	private final ShadowRead read;

	private final ResultComparator comparator;

	private final boolean snapshot;

	private @Nullable Object answer;

	private @Nullable Object shadow;

	private ShadowOutcome outcome = ShadowOutcome.SKIPPED;

	private @Nullable Throwable failure;

	ShadowComparison(ShadowRead read, ResultComparator comparator, boolean snapshot) {
		this.read = read;
		this.comparator = comparator;
		this.snapshot = snapshot;
	}

	/**
	 * Ask the side that is in charge. What it throws is not ours to catch.
	 */
	ShadowComparison answered() throws Throwable {
		this.answer = this.read.answer();
		return this;
	}

	/**
	 * Ask the other one, if both hold all rows. If it differs, and they may have seen
	 * different rows, the one in charge has to say the same once more; and they must
	 * still hold them, as what others write by the next rule may have been seen already.
	 */
	ShadowComparison compared(BooleanSupplier comparable) throws Throwable {
		if (!comparable.getAsBoolean()) {
			return this;
		}
		this.shadow = this.read.shadow();
		if (this.comparator.agree(answerOf(Side.OLD), answerOf(Side.NEW))) {
			this.outcome = ShadowOutcome.AGREED;
		}
		else if (this.snapshot || (saysTheSame() && comparable.getAsBoolean())) {
			this.outcome = ShadowOutcome.DIFFERED;
		}
		return this;
	}

	private boolean saysTheSame() throws Throwable {
		return this.comparator.agree(this.answer, this.read.answer());
	}

	void fail(Throwable ex) {
		this.outcome = ShadowOutcome.FAILED;
		this.failure = ex;
	}

	String change() {
		return this.read.state().change().value();
	}

	ShadowRead read() {
		return this.read;
	}

	@Nullable Object answer() {
		return this.answer;
	}

	@Nullable Object answerOf(Side side) {
		return (side == this.read.side()) ? this.answer : this.shadow;
	}

	ShadowOutcome outcome() {
		return this.outcome;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

}
