package dev.concertina.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.concertina.testing.Turn.Side;

/**
 * All orders in which the steps of two sessions can follow each other.
 */
public final class Interleavings {

	private Interleavings() {
	}

	/**
	 * Returns every merge of the two lists that keeps each list's own order; the first
	 * one runs A before B.
	 */
	public static Stream<Interleaving> of(List<Step> a, List<Step> b) {
		return merges(turns(Side.A, a), turns(Side.B, b)).map(Interleaving::new);
	}

	private static List<Turn> turns(Side side, List<Step> steps) {
		return IntStream.range(0, steps.size()).mapToObj((i) -> new Turn(side, i + 1, steps.get(i))).toList();
	}

	private static Stream<List<Turn>> merges(List<Turn> a, List<Turn> b) {
		if (a.isEmpty()) {
			return Stream.of(b);
		}
		if (b.isEmpty()) {
			return Stream.of(a);
		}
		return Stream.concat(merges(rest(a), b).map((merge) -> prepended(a.get(0), merge)),
				merges(a, rest(b)).map((merge) -> prepended(b.get(0), merge)));
	}

	private static List<Turn> rest(List<Turn> turns) {
		return turns.subList(1, turns.size());
	}

	private static List<Turn> prepended(Turn first, List<Turn> others) {
		List<Turn> turns = new ArrayList<>(List.of(first));
		turns.addAll(others);
		return turns;
	}

}
