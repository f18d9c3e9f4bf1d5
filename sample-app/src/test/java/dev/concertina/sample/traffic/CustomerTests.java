package dev.concertina.sample.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.concertina.sample.shop.LineItem;
import dev.concertina.sample.shop.Order;
import dev.concertina.sample.shop.OrderRepository;

import static org.assertj.core.api.Assertions.assertThat;

class CustomerTests {

	private final Shelf shelf = new Shelf();

	@Test
	void tellsWhatEachRequestAddsToTheShop() {
		Customer customer = new Customer("old-1", this.shelf, new AtomicLong());
		Totals booked = Totals.NONE;
		for (int request = 0; request < 10_000; request++) {
			booked = booked.minus(Totals.NONE.minus(customer.request()));
			assertThat(booked).isEqualTo(this.shelf.totals());
		}
		assertThat(booked.orders()).isPositive();
	}

	/** Orders in memory. */
	private static final class Shelf implements OrderRepository {

		private final Map<Long, Order> orders = new HashMap<>();

		private long last;

		@Override
		public long place(String customer, List<LineItem> items) {
			this.last++;
			this.orders.put(this.last, new Order(this.last, customer, items));
			return this.last;
		}

		@Override
		public Optional<Order> find(long id) {
			return Optional.ofNullable(this.orders.get(id));
		}

		@Override
		public Optional<Order> lock(long id) {
			return find(id);
		}

		@Override
		public void changeQuantity(Order order, LineItem item, int quantity) {
			List<LineItem> items = new ArrayList<>(order.items());
			items.set(items.indexOf(item), new LineItem(item.position(), item.sku(), quantity, item.price()));
			keep(order, items);
		}

		@Override
		public void add(Order order, LineItem item) {
			List<LineItem> items = new ArrayList<>(order.items());
			items.add(item);
			keep(order, items);
		}

		@Override
		public void remove(Order order, LineItem item) {
			List<LineItem> items = new ArrayList<>(order.items());
			items.remove(item);
			keep(order, items);
		}

		@Override
		public void cancel(Order order) {
			this.orders.remove(order.id());
		}

		private void keep(Order order, List<LineItem> items) {
			this.orders.put(order.id(), new Order(order.id(), order.customer(), items));
		}

		private Totals totals() {
			return new Totals(this.orders.size(),
					this.orders.values().stream().mapToLong((order) -> order.items().size()).sum(),
					this.orders.values().stream().mapToLong(Order::quantity).sum());
		}

	}

}
