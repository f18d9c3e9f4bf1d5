package dev.concertina.sample.shop;

import java.util.List;
import java.util.Optional;

import dev.concertina.dualwrite.DualWrite;
import dev.concertina.dualwrite.Writes;

/**
 * Keeps the orders. Whoever changes an order locks it first.
 *
 * <p>
 * While the change runs, the new version has both implementations, and a router in front
 * of them. At its end the annotations and {@link JsonOrders} are deleted.
 */
@DualWrite("split_order_items")
public interface OrderRepository {

	/**
	 * Keep a new order.
	 * @param customer who places it
	 * @param items its lines
	 * @return its number
	 */
	@Writes
	long place(String customer, List<LineItem> items);

	/**
	 * Return an order.
	 * @param id its number
	 * @return the order, or nothing if it was cancelled
	 */
	Optional<Order> find(long id);

	/**
	 * Return an order that nobody else changes until the end of the transaction.
	 * @param id its number
	 * @return the order, or nothing if it was cancelled
	 */
	@Writes
	Optional<Order> lock(long id);

	/**
	 * Change the quantity of a line.
	 * @param order the order, locked
	 * @param item the line
	 * @param quantity the new quantity
	 */
	@Writes
	void changeQuantity(Order order, LineItem item, int quantity);

	/**
	 * Add a line.
	 * @param order the order, locked
	 * @param item the line, at the next position
	 */
	void add(Order order, LineItem item);

	/**
	 * Remove a line.
	 * @param order the order, locked
	 * @param item the line
	 */
	void remove(Order order, LineItem item);

	/**
	 * Delete an order.
	 * @param order the order, locked
	 */
	@Writes
	void cancel(Order order);

}
