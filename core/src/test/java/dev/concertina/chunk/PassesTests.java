package dev.concertina.chunk;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PassesTests {

	private static final int ROWS = 1000;

	private final Passes passes = new Passes();

	private Overwritten lately = new Overwritten(0, 0);

	@Test
	void areThoseOfThePlanWhileTheyPay() {
		finished(0, 4, 0);
		finished(1, 4, 700);
		assertThat(passesOfTheNextChunk()).isEqualTo(4);
	}

	@Test
	void becomeOneAndAreTriedAgainAfterSomeChunks() {
		finished(1, 4, 10);
		for (int chunk = 0; chunk < 16; chunk++) {
			assertThat(passesOfTheNextChunk()).isEqualTo(1);
			finished(0, 1, 0);
		}
		assertThat(passesOfTheNextChunk()).isEqualTo(4);
	}

	@Test
	void becomeOneWhileAFirstPassFindsRoom() {
		finished(0, 4, 990);
		assertThat(passesOfTheNextChunk()).isEqualTo(1);
		finished(0, 1, 990);
		assertThat(passesOfTheNextChunk()).isEqualTo(1);
		finished(0, 1, 10);
		assertThat(passesOfTheNextChunk()).isEqualTo(4);
	}

	@Test
	void stayAsTheyAreWhereThereIsRoomForAPartOnly() {
		finished(0, 4, 990);
		finished(0, 1, 300);
		finished(0, 4, 990);
		assertThat(passesOfTheNextChunk()).isEqualTo(4);
	}

	@Test
	void areNotJudgedByAFewRows() {
		this.passes.finished(chunk(1, 4), new Overwritten(20, 0));
		assertThat(passesOfTheNextChunk()).isEqualTo(4);
	}

	@Test
	void areJudgedByWhatTheBatchItselfHasOverwritten() {
		finished(1, 4, 700);
		finished(2, 4, 0);
		assertThat(passesOfTheNextChunk()).isEqualTo(1);
	}

	@Test
	void areJudgedByWhatCameAfterAReport() {
		finished(1, 4, 0);
		this.passes.finished(chunk(2, 4), new Overwritten(500, 400));
		assertThat(passesOfTheNextChunk()).isEqualTo(4);
	}

	@Test
	void stayAsTheyAreInAChunkThatIsBegun() {
		finished(1, 4, 0);
		assertThat(passes(new BlockPosition(0, 100, 256, 0, 4))).isEqualTo(4);
		assertThat(passes(new BlockPosition(0, 0, 256, 1, 4))).isEqualTo(4);
	}

	private void finished(int pass, int passes, int inTheirBlock) {
		this.lately = new Overwritten(this.lately.rows() + ROWS, this.lately.inTheirBlock() + inTheirBlock);
		this.passes.finished(chunk(pass, passes), this.lately);
	}

	private int passesOfTheNextChunk() {
		return passes(new BlockPosition(0, 0, 256, 0, 4));
	}

	private int passes(BlockPosition position) {
		return this.passes.of(new Chunk(1, "line", position, 0, null)).position().passes();
	}

	private static Chunk chunk(int pass, int passes) {
		return new Chunk(1, "line", new BlockPosition(0, 0, 256, pass, passes), 0, null);
	}

}
