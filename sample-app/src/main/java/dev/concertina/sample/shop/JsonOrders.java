package dev.concertina.sample.shop;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import dev.concertina.dualwrite.OldStructure;

/**
 * The old version of the code: the lines of an order are a JSON array in its row.
 *
 * <p>
 * It knows nothing of the change but its mark, and says {@code SELECT *}, as old code
 * does.
 */
@OldStructure("split_order_items")
public class JsonOrders implements OrderRepository {

	private static final String PLACE = """
			INSERT INTO orders (customer, line_items)
			VALUES (?, ?::jsonb)
			RETURNING id""";

	private static final String FIND = """
			SELECT * FROM orders WHERE id = ?""";

	private static final String LOCK = """
			SELECT * FROM orders WHERE id = ? FOR UPDATE""";

	private static final String SAVE = """
			UPDATE orders SET line_items = ?::jsonb, updated_at = now() WHERE id = ?""";

	private static final String CANCEL = """
			DELETE FROM orders WHERE id = ?""";

	private final JdbcClient jdbc;

	private final JsonMapper json;

	public JsonOrders(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	@Override
	public long place(String customer, List<LineItem> items) {
		return this.jdbc.sql(PLACE).params(customer, array(items)).query(Long.class).single();
	}

	@Override
	public Optional<Order> find(long id) {
		return this.jdbc.sql(FIND).param(id).query(this::order).optional();
	}

	@Override
	public Optional<Order> lock(long id) {
		return this.jdbc.sql(LOCK).param(id).query(this::order).optional();
	}

	@Override
	public void changeQuantity(Order order, LineItem item, int quantity) {
		save(order, order.withQuantity(item, quantity));
	}

	@Override
	public void add(Order order, LineItem item) {
		save(order, order.with(item));
	}

	@Override
	public void remove(Order order, LineItem item) {
		save(order, order.without(item));
	}

	@Override
	public void cancel(Order order) {
		this.jdbc.sql(CANCEL).param(order.id()).update();
	}

	private void save(Order order, List<LineItem> items) {
		this.jdbc.sql(SAVE).params(array(items), order.id()).update();
	}

	private Order order(ResultSet row, int number) throws SQLException {
		return new Order(row.getLong("id"), row.getString("customer"), items(row.getString("line_items")));
	}

	private String array(List<LineItem> items) {
		return this.json.writeValueAsString(
				items.stream().map((item) -> new Element(item.sku(), item.quantity(), item.price())).toList());
	}

	private List<LineItem> items(String array) {
		List<LineItem> items = new ArrayList<>();
		for (Element element : this.json.readValue(array, Element[].class)) {
			items.add(new LineItem(items.size() + 1, element.sku(), element.quantity(), element.price()));
		}
		return items;
	}

	private record Element(String sku, int quantity, BigDecimal price) {

	}

}
