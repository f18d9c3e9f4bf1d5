package dev.concertina.contract;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.concertina.fleet.Instance;

/**
 * Names of sessions that need no old structure.
 *
 * @param names the patterns that their {@code application_name} matches
 */
record HarmlessSessions(List<Pattern> names) {

	HarmlessSessions {
		names = List.copyOf(names);
	}

	/**
	 * Return the sessions of some names.
	 * @param names the names; {@code *} stands for anything
	 */
	static HarmlessSessions of(Set<String> names) {
		return new HarmlessSessions(names.stream()
			.map((name) -> Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"), Pattern.DOTALL))
			.toList());
	}

	boolean have(String name) {
		return this.names.stream().anyMatch((pattern) -> pattern.matcher(name).matches());
	}

	/**
	 * Return whether all sessions of an instance are among them: it is one of another
	 * application.
	 */
	boolean haveAllOf(Instance instance) {
		return !instance.sessions().isEmpty() && instance.sessions().stream().allMatch(this::have);
	}

}
