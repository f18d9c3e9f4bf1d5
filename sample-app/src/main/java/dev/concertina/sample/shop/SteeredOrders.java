package dev.concertina.sample.shop;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The new version of the code while the change runs: it writes rows, and reads rows or
 * the array, as it is steered. When the change has come to its end, this class and
 * {@link JsonOrders} are deleted.
 */
public class SteeredOrders implements OrderRepository {

	private final OrderRepository array;

	private final OrderRepository rows;

	private final BooleanSupplier readsRows;

	/**
	 * Make the repository.
	 * @param array what reads the array
	 * @param rows what reads and writes rows
	 * @param readsRows which of both the next read asks
	 */
	public SteeredOrders(OrderRepository array, OrderRepository rows, BooleanSupplier readsRows) {
		this.array = array;
		this.rows = rows;
		this.readsRows = readsRows;
	}

	@Override
	public Optional<Order> find(long id) {
		return this.readsRows.getAsBoolean() ? this.rows.find(id) : this.array.find(id);
	}

	@Override
	public long place(String customer, List<LineItem> items) {
		return this.rows.place(customer, items);
	}

	@Override
	public Optional<Order> lock(long id) {
		return this.rows.lock(id);
	}

	@Override
	public void changeQuantity(Order order, LineItem item, int quantity) {
		this.rows.changeQuantity(order, item, quantity);
	}

	@Override
	public void add(Order order, LineItem item) {
		this.rows.add(order, item);
	}

	@Override
	public void remove(Order order, LineItem item) {
		this.rows.remove(order, item);
	}

	@Override
	public void cancel(Order order) {
		this.rows.cancel(order);
	}

}
