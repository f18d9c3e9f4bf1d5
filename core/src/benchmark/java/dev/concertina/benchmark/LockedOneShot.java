package dev.concertina.benchmark;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What PostgreSQL itself does for a task: lock the rows and give them to the client, then
 * write them. Nothing is computed in Java, nothing comes back from there.
 */
record LockedOneShot(Workload workload) implements Approach {

	private static final int ROWS_AT_ONCE = 4000;

	@Override
	public String title() {
		return "rows locked and read, then the one-shot statement";
	}

	@Override
	public Filling prepare(Copy copy) {
		this.workload.expand().forEach((sql) -> copy.jdbc().sql(sql).update());
		JdbcTemplate jdbc = new JdbcTemplate(copy.dataSource());
		jdbc.setFetchSize(ROWS_AT_ONCE);
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(copy.dataSource()));
		return () -> Span.of(() -> transaction.executeWithoutResult((status) -> {
			jdbc.query("SELECT note, ctid::text FROM line FOR NO KEY UPDATE", (row) -> {
			});
			jdbc.update(this.workload.oneShot());
		}));
	}

}
