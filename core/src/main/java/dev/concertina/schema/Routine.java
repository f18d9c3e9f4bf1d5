package dev.concertina.schema;

import java.util.List;

/**
 * A function or a procedure as the catalog has it.
 *
 * @param signature its quoted name and the types that tell it from its namesakes
 * @param dependants a description of each object that could not be without it
 * @param create the statements that make it again, with its comment, privileges and owner
 */
public record Routine(String signature, List<String> dependants, List<String> create) {

	public Routine {
		dependants = List.copyOf(dependants);
		create = List.copyOf(create);
	}

}
