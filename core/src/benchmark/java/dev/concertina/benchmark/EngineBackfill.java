package dev.concertina.benchmark;

/**
 * Our backfill. Its triggers are in place, as they always are while it runs.
 */
record EngineBackfill(Workload workload, int workers) implements Approach {

	@Override
	public String title() {
		return (this.workers == 1) ? "Concertina, one worker" : "Concertina, two workers";
	}

	@Override
	public Filling prepare(Copy copy) {
		Engine engine = new Engine(this.workload, copy.dataSource(), this.workers);
		engine.start();
		return engine::fill;
	}

}
