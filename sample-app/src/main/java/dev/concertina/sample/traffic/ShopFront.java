package dev.concertina.sample.traffic;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.sample.shop.OrderRepository;

/**
 * Serves the customers of one version: a request is one transaction, it is booked in it,
 * and it is measured. If it fails, it has failed: nobody tries it again.
 */
public class ShopFront {

	private static final String LAST_ORDER = """
			SELECT coalesce(max(id), 0) FROM orders""";

	private static final int REHEARSALS = 200;

	private final OrderRepository orders;

	private final TransactionTemplate transactions;

	private final Ledger ledger;

	private final Requests requests;

	private final JdbcClient jdbc;

	private final AtomicLong lastOrder = new AtomicLong();

	/**
	 * Open a shop front.
	 * @param orders how this version keeps the orders
	 * @param transactions the transactions of this version
	 * @param ledger where requests are booked
	 * @param requests where requests are counted
	 * @param jdbc the database of the shop
	 */
	public ShopFront(OrderRepository orders, TransactionTemplate transactions, Ledger ledger, Requests requests,
			JdbcClient jdbc) {
		this.orders = orders;
		this.transactions = transactions;
		this.ledger = ledger;
		this.requests = requests;
		this.jdbc = jdbc;
	}

	/**
	 * Get ready: serve some requests whose transactions are rolled back, so that the
	 * first customers don't wait until classes are loaded and statements are prepared.
	 */
	void open() {
		this.lastOrder.set(this.jdbc.sql(LAST_ORDER).query(Long.class).single());
		Customer rehearsal = new Customer("rehearsal", this.orders, new AtomicLong(this.lastOrder.get()));
		for (int request = 0; request < REHEARSALS; request++) {
			this.transactions.executeWithoutResult((status) -> {
				status.setRollbackOnly();
				this.ledger.book(rehearsal.name(), rehearsal.request());
			});
		}
	}

	Customer welcome(String name) {
		this.ledger.open(name);
		return new Customer(name, this.orders, this.lastOrder);
	}

	void serve(Customer customer, long due) {
		try {
			this.transactions.executeWithoutResult((status) -> this.ledger.book(customer.name(), customer.request()));
			this.requests.served(Duration.ofNanos(System.nanoTime() - due));
		}
		catch (RuntimeException ex) {
			this.requests.failed(customer.name(), ex);
		}
	}

}
