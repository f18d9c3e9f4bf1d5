package dev.concertina.chunk;

/**
 * How far a phase is.
 *
 * @param units how many blocks there are to go over, or rows where it is not by blocks;
 * as estimated before they were counted
 * @param unitsDone how many of them are done
 * @param rows how many rows were copied or compared
 * @param batches how many batches it took
 * @param missing rows that the new structure lacks
 * @param different rows that differ
 * @param extra rows that the new structure has too many
 */
public record Progress(long units, long unitsDone, long rows, long batches, long missing, long different, long extra) {

	/**
	 * Return how much is done.
	 * @return a number from 0 to 1; 1 if there was nothing to do
	 */
	public double fraction() {
		return (this.units == 0) ? 1 : (double) this.unitsDone / this.units;
	}

}
