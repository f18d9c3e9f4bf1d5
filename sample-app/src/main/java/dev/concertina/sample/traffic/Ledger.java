package dev.concertina.sample.traffic;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The books of the shop: what its orders must add up to.
 *
 * <p>
 * A request books what it changes in its own transaction, and knows it exactly, as it
 * holds the lock of the order that it changes. So a request and its booking are committed
 * together or not at all, and in any snapshot the books and the shop are equal, while the
 * traffic goes on and after a crash. Each customer has an account of its own, so that
 * nobody waits for another one here.
 */
public class Ledger {

	private static final String OPEN = """
			INSERT INTO ledger (account) VALUES (?) ON CONFLICT DO NOTHING""";

	private static final String BOOK = """
			UPDATE ledger
			   SET orders = orders + ?, items = items + ?, quantity = quantity + ?
			 WHERE account = ?""";

	private static final String ACCOUNT = """
			SELECT orders, items, quantity FROM ledger WHERE account = ?""";

	private static final String AUDIT = """
			SELECT sum(l.orders)::bigint AS orders, sum(l.items)::bigint AS items, sum(l.quantity)::bigint AS quantity,
			       (SELECT count(*) FROM orders) AS orders_there,
			       (SELECT count(*) FROM order_items) AS items_there,
			       (SELECT coalesce(sum(quantity), 0) FROM order_items) AS quantity_there
			  FROM ledger AS l""";

	private final JdbcClient jdbc;

	public Ledger(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Open an account, unless it is open.
	 * @param account its name
	 */
	public void open(String account) {
		this.jdbc.sql(OPEN).param(account).update();
	}

	/**
	 * Book what the transaction at hand changes.
	 * @param account the account
	 * @param change what it changes
	 */
	public void book(String account, Totals change) {
		if (!change.equals(Totals.NONE)) {
			this.jdbc.sql(BOOK).params(change.orders(), change.items(), change.quantity(), account).update();
		}
	}

	/**
	 * Return what was booked on an account.
	 * @param account its name
	 * @return the sum
	 */
	public Totals account(String account) {
		return this.jdbc.sql(ACCOUNT).param(account).query(Totals::read).single();
	}

	/**
	 * Compare the books with the tables of the shop, in one snapshot.
	 * @return what both say
	 */
	public Audit audit() {
		return this.jdbc.sql(AUDIT)
			.query((row, number) -> new Audit(Totals.read(row, number),
					new Totals(row.getLong("orders_there"), row.getLong("items_there"), row.getLong("quantity_there"))))
			.single();
	}

	/**
	 * What must be there, and what is.
	 *
	 * @param booked what the books say
	 * @param there what the tables hold
	 */
	public record Audit(Totals booked, Totals there) {

		/**
		 * Return whether nothing was lost or made up.
		 * @return {@code true} if both are equal
		 */
		public boolean holds() {
			return this.booked.equals(this.there);
		}

	}

}
