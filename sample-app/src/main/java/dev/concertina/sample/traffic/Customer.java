package dev.concertina.sample.traffic;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import dev.concertina.sample.shop.LineItem;
import dev.concertina.sample.shop.Order;
import dev.concertina.sample.shop.OrderRepository;

/**
 * Wants something of the shop: half of the time to look at an order, else to change,
 * place or cancel one. Each request tells how much it adds to the shop.
 */
final class Customer {

	private static final int MAX_ITEMS = 8;

	private final String name;

	private final OrderRepository orders;

	private final AtomicLong lastOrder;

	private final Random random = new Random();

	Customer(String name, OrderRepository orders, AtomicLong lastOrder) {
		this.name = name;
		this.orders = orders;
		this.lastOrder = lastOrder;
	}

	String name() {
		return this.name;
	}

	/**
	 * Send a request, in the transaction of the caller.
	 */
	Totals request() {
		int dice = this.random.nextInt(100);
		if (dice < 50) {
			this.orders.find(anyOrder());
			return Totals.NONE;
		}
		if (dice < 70) {
			return change(this::changeQuantity);
		}
		if (dice < 80) {
			return change(this::add);
		}
		if (dice < 90) {
			return change(this::remove);
		}
		return (dice < 95) ? place() : change(this::cancel);
	}

	private Totals change(Function<Order, Totals> change) {
		return this.orders.lock(anyOrder()).map(change).orElse(Totals.NONE);
	}

	private Totals changeQuantity(Order order) {
		return anyItem(order).map((item) -> {
			int quantity = 1 + this.random.nextInt(4);
			this.orders.changeQuantity(order, item, quantity);
			return Totals.quantity(quantity - item.quantity());
		}).orElse(Totals.NONE);
	}

	private Totals add(Order order) {
		if (order.items().size() >= MAX_ITEMS) {
			return Totals.NONE;
		}
		LineItem item = item(order.nextPosition());
		this.orders.add(order, item);
		return Totals.item(item.quantity());
	}

	private Totals remove(Order order) {
		return anyItem(order).map((item) -> {
			this.orders.remove(order, item);
			return Totals.NONE.minus(Totals.item(item.quantity()));
		}).orElse(Totals.NONE);
	}

	private Totals cancel(Order order) {
		this.orders.cancel(order);
		return Totals.NONE.minus(Totals.of(order));
	}

	private Totals place() {
		List<LineItem> items = new ArrayList<>();
		for (int position = 1; position <= 1 + this.random.nextInt(5); position++) {
			items.add(item(position));
		}
		long id = this.orders.place(this.name, items);
		this.lastOrder.accumulateAndGet(id, Math::max);
		return Totals.of(new Order(id, this.name, items));
	}

	private long anyOrder() {
		return 1 + (long) (this.random.nextDouble() * this.lastOrder.get());
	}

	private Optional<LineItem> anyItem(Order order) {
		List<LineItem> items = order.items();
		return items.isEmpty() ? Optional.empty() : Optional.of(items.get(this.random.nextInt(items.size())));
	}

	private LineItem item(int position) {
		return new LineItem(position, "SKU-%04d".formatted(this.random.nextInt(5_000)), 1 + this.random.nextInt(4),
				BigDecimal.valueOf(100 + this.random.nextInt(20_000), 2));
	}

}
