package dev.concertina.dualwrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the name of a method tells, as Spring Data and everybody use names.
 */
final class MethodName {

	private static final Set<String> READS = Set.of("find", "get", "read", "query", "search", "stream", "count",
			"exists", "is", "has", "list", "fetch");

	private static final Set<String> WRITES = Set.of("save", "insert", "update", "upsert", "delete", "remove", "add",
			"create", "put", "set", "store", "persist", "merge", "replace", "append", "clear", "increment", "decrement",
			"flush");

	/** What may be instead of an answer. */
	private static final Set<String> INSTEAD = Set.of("default", "else", "empty", "fail", "null", "throw");

	private MethodName() {
	}

	/**
	 * Return what the first word tells, and for one that reads what follows it:
	 * {@code findOrCreate} may do either, and so may {@code findOrRegister}, whatever
	 * that is. What follows {@code By} is about columns.
	 */
	static List<Clue> clues(String name) {
		List<String> words = List.of(name.split("(?=[A-Z])"));
		List<Clue> clues = new ArrayList<>();
		if (WRITES.contains(words.get(0))) {
			clues.add(new Clue(Access.WRITE, "its name begins with '%s'".formatted(words.get(0))));
		}
		if (READS.contains(words.get(0))) {
			clues.add(new Clue(Access.READ, "its name begins with '%s'".formatted(words.get(0))));
			String before = words.get(0);
			for (String word : words.stream().skip(1).takeWhile((each) -> !each.equals("By")).toList()) {
				if (mayWrite(before, word.toLowerCase(Locale.ROOT))) {
					clues.add(new Clue(Access.WRITE, "its name holds '%s'".formatted(word)));
				}
				before = word;
			}
		}
		return clues;
	}

	private static boolean mayWrite(String before, String word) {
		boolean isSecond = before.equals("And") || before.equals("Or");
		return WRITES.contains(word) || (isSecond && !READS.contains(word) && !INSTEAD.contains(word));
	}

}
