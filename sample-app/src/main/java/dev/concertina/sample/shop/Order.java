package dev.concertina.sample.shop;

import java.util.List;
import java.util.stream.Stream;

/**
 * An order of the shop.
 *
 * @param id its number
 * @param customer who has placed it
 * @param items its lines in their order
 */
public record Order(long id, String customer, List<LineItem> items) {

	public Order {
		items = List.copyOf(items);
	}

	/**
	 * Return the place that a new line takes.
	 * @return the place behind the last line
	 */
	public int nextPosition() {
		return this.items.isEmpty() ? 1 : this.items.get(this.items.size() - 1).position() + 1;
	}

	/**
	 * Return how many things are sold in all lines.
	 * @return the sum of the quantities
	 */
	public long quantity() {
		return this.items.stream().mapToLong(LineItem::quantity).sum();
	}

	List<LineItem> with(LineItem added) {
		return Stream.concat(this.items.stream(), Stream.of(added)).toList();
	}

	List<LineItem> without(LineItem removed) {
		return this.items.stream().filter((item) -> item.position() != removed.position()).toList();
	}

	List<LineItem> withQuantity(LineItem changed, int quantity) {
		return this.items.stream()
			.map((item) -> (item.position() == changed.position()) ? item.with(quantity) : item)
			.toList();
	}

}
