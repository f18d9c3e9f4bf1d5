package dev.concertina.failure;

/**
 * One finding in a definition.
 *
 * @param where the file and line, or the bean, that it is about
 * @param what what is wrong, with names and numbers
 * @param action what to write instead
 */
public record Problem(String where, String what, String action) {

	@Override
	public String toString() {
		return "%s: %s. %s".formatted(this.where, this.what, this.action);
	}

}
