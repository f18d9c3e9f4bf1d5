package dev.concertina.testing;

import org.jspecify.annotations.Nullable;

/**
 * How a step of an interleaving ended.
 */
public record StepResult(String label, Ending ending, boolean waited, @Nullable SessionFailure failure) {

	/**
	 * The ways in which a step ends; it is left out after a failed one of its session.
	 */
	public enum Ending {

		DONE, FAILED, LEFT_OUT

	}

	static StepResult leftOut(Turn turn) {
		return new StepResult(turn.label(), Ending.LEFT_OUT, false, null);
	}

	public boolean succeeded() {
		return this.ending == Ending.DONE;
	}

	public boolean failedWith(String sqlState) {
		return this.failure != null && this.failure.sqlState().equals(sqlState);
	}

	@Override
	public String toString() {
		return this.label + (this.waited ? "(waited)" : "") + switch (this.ending) {
			case DONE -> "";
			case FAILED -> "(" + ((this.failure != null) ? this.failure.sqlState() : "") + ")";
			case LEFT_OUT -> "(left out)";
		};
	}

}
