package dev.concertina.contract;

/**
 * Why a change may not drop the old structure yet.
 *
 * @param problem what is missing, with names and numbers
 * @param action what to do about it
 */
public record Objection(String problem, String action) {

	@Override
	public String toString() {
		return "%s. %s".formatted(this.problem, this.action);
	}

}
