package dev.concertina.testing;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InterleavingsTests {

	private static final List<Step> TWO = Step.script("SELECT 1", "SELECT 2");

	private static final List<Step> FOUR = Step.script("SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4");

	@Test
	void keepTheOrderWithinEachSession() {
		assertThat(Interleavings.of(TWO, TWO)).map(Interleaving::toString)
			.containsExactly("A1 A2 B1 B2", "A1 B1 A2 B2", "A1 B1 B2 A2", "B1 A1 A2 B2", "B1 A1 B2 A2", "B1 B2 A1 A2");
	}

	@Test
	void areAllThatThereAre() {
		assertThat(Interleavings.of(FOUR, FOUR)).hasSize(70).doesNotHaveDuplicates();
	}

	@Test
	void areOneIfASessionHasNothingToDo() {
		assertThat(Interleavings.of(TWO, List.of())).map(Interleaving::toString).containsExactly("A1 A2");
	}

}
