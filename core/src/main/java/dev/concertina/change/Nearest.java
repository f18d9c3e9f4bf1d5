package dev.concertina.change;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the word that was meant by one that is not known.
 */
final class Nearest {

	private Nearest() {
	}

	/**
	 * Return the known word that differs least, unless it differs by much.
	 */
	static Optional<String> to(String written, Collection<String> known) {
		String word = plain(written);
		return known.stream()
			.filter((candidate) -> isNear(word, plain(candidate)))
			.min(Comparator.comparingInt((candidate) -> distance(word, plain(candidate))));
	}

	/**
	 * Return a word without what tells {@code camelCase} from {@code snake_case}.
	 */
	static String plain(String word) {
		return word.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
	}

	private static boolean isNear(String word, String candidate) {
		return isBeginning(word, candidate) || isBeginning(candidate, word)
				|| distance(word, candidate) * 5 <= Math.max(word.length(), candidate.length()) * 2;
	}

	private static boolean isBeginning(String word, String longer) {
		return word.length() > 2 && longer.startsWith(word);
	}

	/**
	 * Return how many letters have to be added, removed, replaced or swapped with their
	 * neighbour.
	 */
	private static int distance(String left, String right) {
		int[][] distance = new int[left.length() + 1][right.length() + 1];
		for (int row = 0; row <= left.length(); row++) {
			for (int column = 0; column <= right.length(); column++) {
				distance[row][column] = (row == 0 || column == 0) ? row + column
						: Math.min(Math.min(distance[row - 1][column], distance[row][column - 1]) + 1,
								distance[row - 1][column - 1] + (isSame(left, row, right, column) ? 0 : 1));
				if (row > 1 && column > 1 && isSame(left, row, right, column - 1)
						&& isSame(left, row - 1, right, column)) {
					distance[row][column] = Math.min(distance[row][column], distance[row - 2][column - 2] + 1);
				}
			}
		}
		return distance[left.length()][right.length()];
	}

	private static boolean isSame(String left, int row, String right, int column) {
		return left.charAt(row - 1) == right.charAt(column - 1);
	}

}
