package dev.concertina.dualwrite;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether two structures give the same answer to a read. A bean of it takes the
 * place of {@link #equal()}. It must not change what it compares: the caller gets one of
 * the two.
 */
@FunctionalInterface
public interface ResultComparator {

	/**
	 * Return whether two answers mean the same.
	 * @param old what the old structure answers
	 * @param fresh what the new structure answers
	 * @return whether they agree
	 */
	boolean agree(@Nullable Object old, @Nullable Object fresh);

	/**
	 * Return a comparison of results by {@code equals}, and of arrays and collections by
	 * their elements.
	 * @return the comparator
	 */
	static ResultComparator equal() {
		return new EqualResults(true, Set.of());
	}

	/**
	 * Return a comparison of lists in which the order does not count.
	 * @return the comparator
	 */
	static ResultComparator ignoringOrder() {
		return new EqualResults(false, Set.of());
	}

	/**
	 * Return a comparison of records and of objects field by field, without those fields.
	 * @param fields the names of the fields that may differ
	 * @return the comparator
	 */
	static ResultComparator ignoringFields(String... fields) {
		return new EqualResults(true, Set.copyOf(List.of(fields)));
	}

	/**
	 * Return a comparison in which neither the order of lists nor those fields count.
	 * @param fields the names of the fields that may differ
	 * @return the comparator
	 */
	static ResultComparator ignoringOrderAndFields(String... fields) {
		return new EqualResults(false, Set.copyOf(List.of(fields)));
	}

}
