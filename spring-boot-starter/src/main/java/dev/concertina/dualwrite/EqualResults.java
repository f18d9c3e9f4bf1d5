package dev.concertina.dualwrite;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Compares what is left of results when what does not count is taken away.
 *
 * @param ordered whether the order of lists counts
 * @param ignored the fields that may differ
 */
record EqualResults(boolean ordered, Set<String> ignored) implements ResultComparator {

	EqualResults {
		ignored = Set.copyOf(ignored);
	}

	@Override
	public boolean agree(@Nullable Object old, @Nullable Object fresh) {
		return Objects.equals(reduced(old), reduced(fresh));
	}

	private @Nullable Object reduced(@Nullable Object result) {
		return new Reduction(this.ordered, this.ignored).of(result);
	}

}
