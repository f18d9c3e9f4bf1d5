package dev.concertina.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;

/**
 * What must hold for all changes of an application together, those of files and those of
 * beans.
 */
public final class Definitions {

	private Definitions() {
	}

	/**
	 * Refuse two changes of one version or of one id.
	 * @param definitions all changes of an application
	 * @throws RefusedChangesException with each clash, naming both origins
	 */
	public static void requireUnique(List<Definition> definitions) {
		List<Problem> clashes = clashes(definitions);
		if (!clashes.isEmpty()) {
			throw new RefusedChangesException(clashes);
		}
	}

	static List<Problem> clashes(List<Definition> definitions) {
		Map<ChangeVersion, Definition> versions = new TreeMap<>();
		Map<ChangeId, Definition> ids = new HashMap<>();
		List<Problem> clashes = new ArrayList<>();
		for (Definition definition : definitions) {
			Change change = definition.change();
			Definition sameVersion = versions.putIfAbsent(change.version(), definition);
			if (sameVersion != null) {
				clashes.add(new Problem(definition.origin(),
						"Version %s is taken by %s".formatted(change.version(), sameVersion.origin()),
						"Give one of them another version."));
			}
			Definition sameId = ids.putIfAbsent(change.id(), definition);
			if (sameId != null) {
				clashes.add(new Problem(definition.origin(),
						"The id '%s' is taken by %s".formatted(change.id(), sameId.origin()),
						"Give one of them another id."));
			}
		}
		return clashes;
	}

}
