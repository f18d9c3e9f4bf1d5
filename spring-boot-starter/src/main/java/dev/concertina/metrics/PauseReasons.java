package dev.concertina.metrics;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Makes the reasons of pauses values of a tag: the signal without what was measured, and
 * only so many.
 */
final class PauseReasons {

	private static final int MAX = 20;

	private static final String OTHER = "other";

	/** Such as the colon and what follows it in "Replica lag: 12 s". */
	private static final Pattern VALUE = Pattern.compile("[^\\p{L} _-].*", Pattern.DOTALL);

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	String bounded(String reason) {
		String signal = VALUE.matcher(reason).replaceFirst("").strip().toLowerCase(Locale.ROOT);
		if (signal.isEmpty()) {
			return OTHER;
		}
		return (this.known.contains(signal) || (this.known.size() < MAX && this.known.add(signal))) ? signal : OTHER;
	}

}
