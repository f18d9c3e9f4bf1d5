package dev.concertina.sample.shop;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.dualwrite.NewStructure;

/**
 * The new version of the code: each line of an order is a row of {@code order_items}.
 *
 * <p>
 * It touches the row of an order before its lines, as it would to keep {@code updated_at}
 * right. While the change runs, this does two things more: the old version and the new
 * one queue at the same row, so that they never wait for each other in a circle; and the
 * lines of an order that was not copied yet are copied by it.
 *
 * <p>
 * It says {@code SELECT *} of a table that loses a column at the contract, as much code
 * does: statements that are prepared by then would fail, were it not for
 * {@code autosave=conservative} (see {@code application.yaml}).
 */
@NewStructure("split_order_items")
public class ItemTableOrders implements OrderRepository {

	private static final String PLACE = """
			INSERT INTO orders (customer) VALUES (?) RETURNING id""";

	private static final String FIND = """
			SELECT * FROM orders WHERE id = ?""";

	private static final String TOUCH = """
			UPDATE orders SET updated_at = now() WHERE id = ? RETURNING *""";

	private static final String ITEMS = """
			SELECT position, sku, quantity, price
			  FROM order_items
			 WHERE order_id = ?
			 ORDER BY position""";

	private static final String ADD = """
			INSERT INTO order_items (order_id, position, sku, quantity, price)
			VALUES (?, ?, ?, ?, ?)""";

	private static final String CHANGE_QUANTITY = """
			UPDATE order_items SET quantity = ? WHERE order_id = ? AND position = ?""";

	private static final String REMOVE = """
			DELETE FROM order_items WHERE order_id = ? AND position = ?""";

	private static final String REMOVE_ALL = """
			DELETE FROM order_items WHERE order_id = ?""";

	private static final String CANCEL = """
			DELETE FROM orders WHERE id = ?""";

	private final JdbcClient jdbc;

	public ItemTableOrders(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public long place(String customer, List<LineItem> items) {
		long id = this.jdbc.sql(PLACE).param(customer).query(Long.class).single();
		items.forEach((item) -> add(id, item));
		return id;
	}

	@Override
	public Optional<Order> find(long id) {
		return this.jdbc.sql(FIND).param(id).query(ItemTableOrders::head).optional().map(this::withItems);
	}

	@Override
	public Optional<Order> lock(long id) {
		return this.jdbc.sql(TOUCH).param(id).query(ItemTableOrders::head).optional().map(this::withItems);
	}

	@Override
	public void changeQuantity(Order order, LineItem item, int quantity) {
		this.jdbc.sql(CHANGE_QUANTITY).params(quantity, order.id(), item.position()).update();
	}

	@Override
	public void add(Order order, LineItem item) {
		add(order.id(), item);
	}

	@Override
	public void remove(Order order, LineItem item) {
		this.jdbc.sql(REMOVE).params(order.id(), item.position()).update();
	}

	@Override
	public void cancel(Order order) {
		this.jdbc.sql(REMOVE_ALL).param(order.id()).update();
		this.jdbc.sql(CANCEL).param(order.id()).update();
	}

	private void add(long order, LineItem item) {
		this.jdbc.sql(ADD).params(order, item.position(), item.sku(), item.quantity(), item.price()).update();
	}

	private static Order head(ResultSet row, int number) throws SQLException {
		return new Order(row.getLong("id"), row.getString("customer"), List.of());
	}

	private Order withItems(Order head) {
		List<LineItem> items = this.jdbc.sql(ITEMS)
			.param(head.id())
			.query((row, number) -> new LineItem(row.getInt("position"), row.getString("sku"), row.getInt("quantity"),
					row.getBigDecimal("price")))
			.list();
		return new Order(head.id(), head.customer(), items);
	}

}
