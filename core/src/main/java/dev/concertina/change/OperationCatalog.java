package dev.concertina.change;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operations that YAML can name.
 *
 * <p>
 * Whoever reads changes brings it along, so that nothing of this package knows an
 * operation.
 */
public final class OperationCatalog {

	private final Map<String, Class<? extends Operation>> types;

	private OperationCatalog(Map<String, Class<? extends Operation>> types) {
		this.types = Collections.unmodifiableMap(types);
	}

	/**
	 * Return a catalog to start with.
	 * @return a catalog without operations
	 */
	public static OperationCatalog empty() {
		return new OperationCatalog(new TreeMap<>());
	}

	/**
	 * Return a catalog with one more operation. Its name in YAML is that of the record,
	 * with a lower-case letter in front; the keys are its components.
	 * @param type the record
	 * @param <T> the record
	 * @return the catalog
	 */
	public <T extends Record & Operation> OperationCatalog with(Class<T> type) {
		Map<String, Class<? extends Operation>> all = new TreeMap<>(this.types);
		all.put(Character.toLowerCase(type.getSimpleName().charAt(0)) + type.getSimpleName().substring(1), type);
		return new OperationCatalog(all);
	}

	/**
	 * Return the names of the operations in YAML.
	 * @return the names in alphabetical order
	 */
	public Set<String> names() {
		return this.types.keySet();
	}

	/**
	 * Return the operations.
	 * @return the record of each name
	 */
	public Map<String, Class<? extends Operation>> types() {
		return this.types;
	}

}
