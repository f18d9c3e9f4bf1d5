package dev.concertina.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a writer knows of the rows that only it writes: what was committed last, and what
 * may have been, where the answer to a commit was lost.
 */
final class Ledger {

	/** Of a row that is not there. */
	private static final String ABSENT = "absent";

	private final Map<Long, Set<String>> possible = new HashMap<>();

	/**
	 * Remember what a row has at the beginning.
	 */
	void begin(long id, String content) {
		this.possible.put(id, Set.of(content));
	}

	void committed(long id, String content) {
		this.possible.put(id, Set.of(content));
	}

	void deleted(long id) {
		this.possible.put(id, Set.of(ABSENT));
	}

	/**
	 * Remember a commit without answer.
	 */
	void maybeCommitted(long id, String content) {
		Set<String> both = new HashSet<>(this.possible.getOrDefault(id, Set.of(ABSENT)));
		both.add(content);
		this.possible.put(id, both);
	}

	void maybeDeleted(long id) {
		maybeCommitted(id, ABSENT);
	}

	/**
	 * Return each row that has none of the contents it may have.
	 * @param contents what was read
	 */
	List<String> differences(Map<Long, String> contents) {
		List<String> differences = new ArrayList<>();
		this.possible.forEach((id, allowed) -> {
			String found = contents.getOrDefault(id, ABSENT);
			if (!allowed.contains(found)) {
				differences.add("row %d is %s, its writer knows %s".formatted(id, found, allowed));
			}
		});
		return differences;
	}

}
