package dev.concertina.testing;

import java.util.HashSet;
import java.util.Set;

/**
 * Which schemas a dump shows: all of the user's but some, of which the functions can be
 * kept.
 */
public record CatalogScope(Set<String> excluded, Set<String> functionsKept) {

	public CatalogScope {
		excluded = Set.copyOf(excluded);
		functionsKept = Set.copyOf(functionsKept);
	}

	public static CatalogScope everything() {
		return new CatalogScope(Set.of(), Set.of());
	}

	public CatalogScope without(String schema) {
		return new CatalogScope(with(this.excluded, schema), this.functionsKept);
	}

	/**
	 * Leaves everything in that schema out but its functions.
	 */
	public CatalogScope withoutAllButFunctionsOf(String schema) {
		return new CatalogScope(with(this.excluded, schema), with(this.functionsKept, schema));
	}

	boolean shows(String schema, CatalogPart part) {
		return !this.excluded.contains(schema) || (part == CatalogPart.FUNCTION && this.functionsKept.contains(schema));
	}

	private static Set<String> with(Set<String> schemas, String more) {
		Set<String> all = new HashSet<>(schemas);
		all.add(more);
		return all;
	}

}
