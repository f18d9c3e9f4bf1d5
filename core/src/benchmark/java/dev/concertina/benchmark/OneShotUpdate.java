package dev.concertina.benchmark;

/**
 * What most migration scripts do: one UPDATE of the whole table.
 */
final class OneShotUpdate implements Approach {

	@Override
	public String title() {
		return "one-shot UPDATE";
	}

	@Override
	public Filling prepare(Copy copy) {
		copy.jdbc().sql(Lines.ADD_COLUMN).update();
		return () -> Span.of(() -> copy.jdbc().sql("UPDATE line SET total = " + Lines.EXPRESSION).update());
	}

}
