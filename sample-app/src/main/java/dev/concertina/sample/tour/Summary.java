package dev.concertina.sample.tour;

import java.time.Duration;

import dev.concertina.ChangeStatus;
import dev.concertina.sample.terminal.Terminal;
import dev.concertina.sample.traffic.Ledger.Audit;
import dev.concertina.sample.traffic.Requests.Figures;
import dev.concertina.sample.traffic.Totals;
import dev.concertina.state.Verdict;

/**
 * How it went.
 *
 * @param status where the change is
 * @param completedBefore whether there was nothing left to do for this run
 * @param time how long it took
 * @param requests how the customers were served
 * @param before what was in the shop before anybody came
 * @param audit the books and the shop, in one snapshot
 */
public record Summary(ChangeStatus status, boolean completedBefore, Duration time, Figures requests, Totals before,
		Audit audit) {

	/**
	 * Return how many rows the last comparison has found unequal.
	 * @return the number of rows
	 */
	public long mismatches() {
		return this.status.verdict().map(Verdict::mismatches).orElse(0L);
	}

	@Override
	public String toString() {
		return """
				------------------------------------------------------------------------
				%s
				  rows copied:      %s
				  rows compared:    %s
				  mismatches:       %d
				  requests served:  %,d
				  failed requests:  %d
				  longest stall:    %s of a request (median %s, p99 %s)
				  rows before:      %s
				  rows traded:      %s
				  rows after:       %s
				  rows lost:        %s
				------------------------------------------------------------------------""".formatted(headline(),
				copied(), compared(), mismatches(), this.requests.served(), this.requests.failed(),
				Terminal.millis(this.requests.longest()), Terminal.millis(this.requests.median()),
				Terminal.millis(this.requests.p99()), this.before, traded(), this.audit.there(), lost());
	}

	private String headline() {
		if (this.completedBefore) {
			return "Change '%s' was completed by an earlier run; this one had nothing to do"
				.formatted(this.status.id());
		}
		return "Change '%s' is %s after %.1f s".formatted(this.status.id(), this.status.state().status(),
				this.time.toMillis() / 1000.0);
	}

	private String copied() {
		if (this.completedBefore) {
			return "0 now (%,d in %,d batches by the earlier run)".formatted(this.status.backfill().rows(),
					this.status.backfill().batches());
		}
		return "%,d in %,d batches".formatted(this.status.backfill().rows(), this.status.backfill().batches());
	}

	private String compared() {
		return "%,d".formatted(this.status.verdict().map(Verdict::rows).orElse(0L));
	}

	private String traded() {
		Totals traded = this.audit.booked().minus(this.before);
		return "%+,d orders, %+,d items, %+,d pieces by all requests".formatted(traded.orders(), traded.items(),
				traded.quantity());
	}

	private String lost() {
		return this.audit.holds() ? "none: rows after = rows before + rows traded, in one snapshot"
				: "the books say " + this.audit.booked();
	}

}
