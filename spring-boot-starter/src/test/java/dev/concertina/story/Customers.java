package dev.concertina.story;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.context.ApplicationContext;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;
import dev.concertina.state.LogEntry;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.TestDatabase;

/**
 * The table of the shop, and the change that it is going through.
 */
final class Customers {

	static final ChangeId CHANGE = ChangeId.of("mail_to_email");

	static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private Customers() {
	}

	/**
	 * Brings a database to where the version before the change has left it.
	 */
	static void fill(TestDatabase database, int rows, String... properties) {
		Shop.start(database,
				Stream.concat(Stream.of(Shop.WITHOUT_CHANGES), Stream.of(properties)).toArray(String[]::new))
			.close();
		database.withRows("customer", rows, "n, 'mail' || n");
	}

	static ChangeStatus status(ApplicationContext shop) {
		return shop.getBean(Concertina.class).change(CHANGE).orElseThrow();
	}

	static List<LogEntry> history(ApplicationContext shop) {
		return shop.getBean(Concertina.class).history(CHANGE);
	}

	static void await(ApplicationContext shop, State state) {
		await().until(() -> status(shop).state().equals(state));
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
	}

	static List<String> columns(TestDatabase database) {
		return database.jdbc()
			.sql("SELECT attname FROM pg_attribute WHERE attrelid = 'customer'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
			.query((row, number) -> row.getString(1))
			.list();
	}

	static int count(TestDatabase database, String condition) {
		return database.jdbc().sql("SELECT count(*) FROM customer WHERE " + condition).query(Integer.class).single();
	}

}
