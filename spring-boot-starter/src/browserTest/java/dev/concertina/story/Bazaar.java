package dev.concertina.story;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.concertina.change.Change;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.TestDatabase;

/**
 * Four changes that stand as differently as they can: completed, failed, half copied, and
 * waiting for an approval.
 */
@Configuration(proxyBeanMethods = false)
class Bazaar {

	static final Change COPIED = Change.version("3", "payment_created_at")
		.operation(ChangeColumnType.of("payment", "created_epoch", "created_at", "timestamptz",
				"to_timestamp(created_epoch)", "extract(epoch FROM created_at)::bigint"))
		.build();

	static final String[] PROPERTIES = { Shop.WITHOUT_CHANGES, "spring.flyway.locations=classpath:db/none",
			"spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=0",
			"concertina.approved=customer_email", "concertina.backfill.max-locked-rows=250",
			"concertina.throttle.active-sessions.enabled=true", "concertina.throttle.archive-backlog.enabled=true" };

	static void fill(TestDatabase database) {
		database.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text)",
				"CREATE TABLE item (id bigint PRIMARY KEY, price text)",
				"CREATE TABLE payment (id bigint PRIMARY KEY, created_epoch bigint)",
				"CREATE TABLE shipment (id bigint PRIMARY KEY, addr text)");
		database.withRows("customer", 500, "n, 'mail' || n");
		database.withRows("item", 500, "n, CASE n WHEN 17 THEN '12,50' WHEN 204 THEN 'n/a' ELSE n || '.90' END");
		database.withRows("payment", 100_000, "n, 1700000000 + n * 60");
		database.withRows("shipment", 500, "n, 'street ' || n");
	}

	@Bean
	Turnstile turnstile() {
		return new Turnstile(COPIED.id());
	}

	@Bean
	Change completed() {
		return Change.version("1", "customer_email").operation(RenameColumn.of("customer", "mail", "email")).build();
	}

	@Bean
	Change failed() {
		return Change.version("2", "item_price_as_number")
			.operation(ChangeColumnType.of("item", "price", "amount", "numeric(12,2)", "price::numeric(12,2)",
					"amount::text"))
			.build();
	}

	@Bean
	Change copied() {
		return COPIED;
	}

	@Bean
	Change waiting() {
		return Change.version("4", "shipment_address")
			.operation(RenameColumn.of("shipment", "addr", "address"))
			.build();
	}

}
