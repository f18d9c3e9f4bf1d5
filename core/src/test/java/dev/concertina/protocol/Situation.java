package dev.concertina.protocol;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

import dev.concertina.change.Change;
import dev.concertina.change.ContractPolicy;
import dev.concertina.change.Operation;

/**
 * A table under an operation, and what applications do to it.
 *
 * @param name what it shows
 * @param create the statement that makes the table
 * @param seed the statement that fills it with rows 1 to 3
 * @param operation the operation
 * @param writers transactions with a known result
 * @param oldVersion random statements of the old version of the application
 * @param newVersion random statements of the new version
 */
record Situation(String name, String create, String seed, Operation operation, List<Writer> writers,
		Function<Random, List<String>> oldVersion, Function<Random, List<String>> newVersion) {

	/** How many keys random statements are about. */
	static final int ROWS = 300;

	Change change() {
		return Change.version("1", "change").contract(ContractPolicy.APPROVAL).operation(this.operation).build();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
