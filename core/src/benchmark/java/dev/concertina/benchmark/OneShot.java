package dev.concertina.benchmark;

/**
 * What most migration scripts do: one statement over the whole table.
 */
record OneShot(Workload workload) implements Approach {

	@Override
	public String title() {
		return "one-shot statement";
	}

	@Override
	public Filling prepare(Copy copy) {
		this.workload.expand().forEach((sql) -> copy.jdbc().sql(sql).update());
		return () -> Span.of(() -> copy.jdbc().sql(this.workload.oneShot()).update());
	}

}
