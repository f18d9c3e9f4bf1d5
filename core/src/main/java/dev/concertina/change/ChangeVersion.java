package dev.concertina.change;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The place of a change among the migrations of its application.
 *
 * <p>
 * The order is that of Flyway, which takes {@code 1}, {@code 1.0} and {@code 01} for one
 * version, though they are not equal as they are written.
 *
 * @param value numbers with dots between them, as in Flyway's versions
 */
public record ChangeVersion(String value) implements Comparable<ChangeVersion> {

	private static final Pattern WRITTEN = Pattern.compile("\\d+(\\.\\d+)*");

	private static final Pattern DOT = Pattern.compile("\\.");

	public ChangeVersion {
		if (!WRITTEN.matcher(value).matches()) {
			throw new InvalidDefinitionException("'%s' is no version".formatted(value),
					"Use numbers with dots between them, such as 12 or 2026.11.1.");
		}
	}

	@Override
	public int compareTo(ChangeVersion other) {
		List<BigInteger> mine = numbers();
		List<BigInteger> others = other.numbers();
		for (int place = 0; place < Math.max(mine.size(), others.size()); place++) {
			int order = at(mine, place).compareTo(at(others, place));
			if (order != 0) {
				return order;
			}
		}
		return 0;
	}

	private List<BigInteger> numbers() {
		return DOT.splitAsStream(this.value).map(BigInteger::new).toList();
	}

	private static BigInteger at(List<BigInteger> numbers, int place) {
		return (place < numbers.size()) ? numbers.get(place) : BigInteger.ZERO;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
