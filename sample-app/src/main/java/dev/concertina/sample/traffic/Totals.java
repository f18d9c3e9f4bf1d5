package dev.concertina.sample.traffic;

import java.sql.ResultSet;
import java.sql.SQLException;

import dev.concertina.sample.shop.Order;

/**
 * How much there is in the shop, or how much more or less a request has made it.
 *
 * @param orders the number of orders
 * @param items the number of lines in all orders
 * @param quantity the sum of the quantities in all lines
 */
public record Totals(long orders, long items, long quantity) {

	/** Nothing, or no change. */
	public static final Totals NONE = new Totals(0, 0, 0);

	/**
	 * Return the totals in a row.
	 * @param row a row with the columns {@code orders}, {@code items} and
	 * {@code quantity}
	 * @param number the number of the row
	 * @return the totals
	 * @throws SQLException if the row can't be read
	 */
	public static Totals read(ResultSet row, int number) throws SQLException {
		return new Totals(row.getLong("orders"), row.getLong("items"), row.getLong("quantity"));
	}

	static Totals of(Order order) {
		return new Totals(1, order.items().size(), order.quantity());
	}

	static Totals item(int quantity) {
		return new Totals(0, 1, quantity);
	}

	static Totals quantity(int difference) {
		return new Totals(0, 0, difference);
	}

	/**
	 * Return the difference.
	 * @param less what to take away
	 * @return what is left
	 */
	public Totals minus(Totals less) {
		return new Totals(this.orders - less.orders, this.items - less.items, this.quantity - less.quantity);
	}

	@Override
	public String toString() {
		return "%,d orders, %,d items, %,d pieces".formatted(this.orders, this.items, this.quantity);
	}

}
