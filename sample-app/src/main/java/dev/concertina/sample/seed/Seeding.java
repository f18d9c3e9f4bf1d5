package dev.concertina.sample.seed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.sample.traffic.Ledger;
import dev.concertina.sample.traffic.Totals;

/**
 * Places the orders of the past, three lines each on average, some ten thousand in a
 * transaction: a run that was stopped goes on with it at the next start.
 */
@DependsOnDatabaseInitialization
public class Seeding implements InitializingBean {

	/** What is in the shop before any customer comes is booked on this account. */
	public static final String ACCOUNT = "seed";

	private static final Logger logger = LoggerFactory.getLogger(Seeding.class);

	private static final long SLICE = 50_000;

	private static final String PLACE = """
			WITH placed AS (
			  INSERT INTO orders (customer, line_items, placed_at, updated_at)
			  SELECT 'customer ' || n * 7919 % 20011, lines.items, past.day, past.day
			    FROM generate_series(?, ?) AS n
			   CROSS JOIN LATERAL (SELECT now() - n % 1000 * interval '1 day' AS day) AS past
			   CROSS JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object(
			                                'sku', 'SKU-' || lpad((n * 31 + i * 977) % 5000 || '', 4, '0'),
			                                'quantity', 1 + (n + i) % 4,
			                                'price', ((n * 13 + i * 1999) % 20000 / 100.0 + 1)::numeric(10,2))) AS items
			                         FROM generate_series(1, 1 + n % 5) AS i) AS lines
			  RETURNING line_items
			)
			SELECT count(*) AS orders, sum(jsonb_array_length(line_items)) AS items, sum(sold.quantity) AS quantity
			  FROM placed
			 CROSS JOIN LATERAL (SELECT sum((e ->> 'quantity')::integer) AS quantity
			                       FROM jsonb_array_elements(line_items) AS e) AS sold""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Ledger ledger;

	private final SeedProperties properties;

	public Seeding(JdbcClient jdbc, TransactionTemplate transactions, Ledger ledger, SeedProperties properties) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.ledger = ledger;
		this.properties = properties;
	}

	@Override
	public void afterPropertiesSet() {
		this.ledger.open(ACCOUNT);
		long placed = this.ledger.account(ACCOUNT).orders();
		if (placed >= this.properties.orders()) {
			logger.info("The shop has {} orders from before", "%,d".formatted(placed));
			return;
		}
		while (placed < this.properties.orders()) {
			long first = placed + 1;
			long last = Math.min(placed + SLICE, this.properties.orders());
			this.transactions.executeWithoutResult((status) -> place(first, last));
			placed = last;
			logger.info("Placed {} of {} orders", "%,d".formatted(placed), "%,d".formatted(this.properties.orders()));
		}
		this.jdbc.sql("VACUUM ANALYZE orders").update();
	}

	private void place(long first, long last) {
		this.ledger.book(ACCOUNT, this.jdbc.sql(PLACE).params(first, last).query(Totals::read).single());
	}

}
