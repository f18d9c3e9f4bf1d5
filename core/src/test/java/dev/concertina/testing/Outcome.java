package dev.concertina.testing;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * How an interleaving went, in the order in which its steps ended; printed as
 * {@code A1 A2 B1(waited) B2(40P01)}.
 */
public record Outcome(List<StepResult> results) {

	public Outcome {
		results = List.copyOf(results);
	}

	/**
	 * Whether the server had to end a deadlock.
	 */
	public boolean deadlocked() {
		return this.results.stream().anyMatch((result) -> result.failedWith(SessionFailure.DEADLOCK));
	}

	/**
	 * Whether every step of both sessions ran and none failed.
	 */
	public boolean succeeded() {
		return this.results.stream().allMatch(StepResult::succeeded);
	}

	/**
	 * Returns how the step of that label, for example {@code B2}, ended.
	 */
	public StepResult step(String label) {
		return this.results.stream()
			.filter((result) -> result.label().equals(label))
			.findFirst()
			.orElseThrow(() -> new NoSuchElementException("No step %s in %s".formatted(label, this)));
	}

	@Override
	public String toString() {
		return this.results.stream().map(StepResult::toString).collect(Collectors.joining(" "));
	}

}
