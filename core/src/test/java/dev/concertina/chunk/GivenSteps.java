package dev.concertina.chunk;

import dev.concertina.change.Operation;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;

/**
 * An operation of nothing but a copy and its comparison: what shall be there for them, a
 * test has made.
 */
record GivenSteps(Backfill backfill, Check check) implements Operation {

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		plan.backfill(this.backfill).verify(this.check);
		return before;
	}

}
