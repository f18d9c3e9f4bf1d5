package dev.concertina.change;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * What the name of a file says about its change.
 *
 * @param version the version, with dots or underscores between its numbers in the name
 * @param id the id
 */
record FileName(ChangeVersion version, ChangeId id) {

	private static final Pattern WRITTEN = Pattern
		.compile("(?:.*/)?V(?<version>\\d+(?:[._]\\d+)*)__(?<id>[^/]+)\\.ya?ml");

	static FileName of(String file) {
		Matcher matcher = WRITTEN.matcher(file);
		if (!matcher.matches()) {
			throw new InvalidDefinitionException(
					"'%s' is no name of a change".formatted(file.substring(file.lastIndexOf('/') + 1)),
					"Name the file V<version>__<id>.yaml, such as V12__split_order_items.yaml.");
		}
		return new FileName(new ChangeVersion(matcher.group("version").replace('_', '.')),
				ChangeId.of(matcher.group("id")));
	}

}
