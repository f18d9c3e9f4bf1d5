package dev.concertina.sample.tour;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;
import dev.concertina.sample.fleet.Fleet;
import dev.concertina.sample.seed.Seeding;
import dev.concertina.sample.terminal.Terminal;
import dev.concertina.sample.traffic.Ledger;
import dev.concertina.sample.traffic.Requests;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.state.Verdict;
import dev.concertina.watch.ChangeWatch;

/**
 * Leads the change as a team would over some days.
 *
 * <ol>
 * <li>Expand and dual-write have run when the new version started; backfill and verify
 * run by themselves.</li>
 * <li>Move the reads of the new version to the new structure, in steps.</li>
 * <li>Approve the contract, which waits for as long as an old version runs.</li>
 * <li>Take the old version out of the fleet: it is the last that needs the array. The
 * array is taken out of sight, and a little later dropped.</li>
 * </ol>
 */
public class Tour implements SmartLifecycle {

	/** The change of this tour. */
	public static final ChangeId CHANGE = ChangeId.of("split_order_items");

	private static final Logger logger = LoggerFactory.getLogger(Tour.class);

	private static final String DIRECTOR = "tour";

	private static final Duration LOOK = Duration.ofMillis(200);

	private final Concertina concertina;

	private final ChangeWatch watch;

	private final Fleet fleet;

	private final Ledger ledger;

	private final Requests requests;

	private final Terminal terminal;

	private final TourProperties properties;

	private final CountDownLatch leaving = new CountDownLatch(1);

	private final CompletableFuture<Summary> summary = new CompletableFuture<>();

	private volatile boolean running;

	/**
	 * Prepare the tour.
	 * @param concertina what runs the change
	 * @param watch what looks at the change
	 * @param fleet the versions that run
	 * @param ledger the books of the shop
	 * @param requests how the customers are served
	 * @param terminal where to tell what happens
	 * @param properties how the change is led
	 */
	public Tour(Concertina concertina, ChangeWatch watch, Fleet fleet, Ledger ledger, Requests requests,
			Terminal terminal, TourProperties properties) {
		this.concertina = concertina;
		this.watch = watch;
		this.fleet = fleet;
		this.ledger = ledger;
		this.requests = requests;
		this.terminal = terminal;
		this.properties = properties;
	}

	@Override
	public void start() {
		this.running = true;
		new Thread(this::run, DIRECTOR).start();
	}

	@Override
	public void stop() {
		this.running = false;
		this.leaving.countDown();
		this.summary.cancel(false);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Return how it went, once the tour has come to its end.
	 * @return the summary to come
	 */
	public CompletableFuture<Summary> summary() {
		return this.summary;
	}

	private void run() {
		try {
			Summary end = lead();
			this.terminal.say(end.toString());
			this.terminal.show(() -> "The new version serves; stop with Ctrl-C");
			this.terminal.calmDown();
			this.summary.complete(end);
		}
		catch (CancellationException ex) {
			logger.debug("The tour was left", ex);
		}
		catch (RuntimeException ex) {
			logger.error("The tour has ended early; the traffic goes on", ex);
			this.summary.completeExceptionally(ex);
		}
	}

	private Summary lead() {
		long start = System.nanoTime();
		this.terminal.show(new Scene(this.watch, CHANGE));
		boolean completedBefore = status().state().status() == Status.COMPLETED;
		if (completedBefore) {
			this.terminal.say("Change '%s' is completed already: only the new version serves".formatted(CHANGE));
		}
		else {
			this.terminal.say(
					"The new version runs beside the old one; triggers keep orders.line_items and order_items in step");
			awaitState((state) -> state.phase() == Phase.CONTRACT);
			this.terminal.say("All rows are equal in both structures: %,d were compared"
				.formatted(status().verdict().map(Verdict::rows).orElse(0L)));
			if (this.properties.byHand()) {
				this.terminal.say("It is yours: move the reads, approve, stop the old version, and bring it back");
			}
			else {
				moveReads();
				contract();
			}
			awaitState((state) -> state.status() == Status.COMPLETED);
		}
		Duration time = Duration.ofNanos(System.nanoTime() - start);
		pause(this.properties.stay());
		return new Summary(status(), completedBefore, time, this.requests.total(), this.ledger.account(Seeding.ACCOUNT),
				this.ledger.audit());
	}

	private void contract() {
		this.concertina.steering().approve(CHANGE, DIRECTOR);
		status().objections()
			.forEach((objection) -> this.terminal
				.say("The contract is approved, but: %s".formatted(objection.problem())));
		this.fleet.retire("old");
		this.terminal.say("The old version has left the fleet: nobody needs the array any more");
		awaitState((state) -> state.status() == Status.RETIRED || state.status() == Status.COMPLETED);
		this.terminal
			.say("The array is out of sight, and follows order_items; until it is dropped, one call brings it back");
	}

	private void moveReads() {
		for (int share : this.properties.readShares()) {
			if (share > status().readShare()) {
				this.concertina.steering().readShare(CHANGE, share, DIRECTOR);
				this.terminal.say("%d %% of the reads of the new version go to order_items".formatted(share));
			}
			pause(this.properties.stay());
		}
	}

	private void awaitState(Predicate<State> wanted) {
		while (!wanted.test(status().state())) {
			pause(LOOK);
		}
	}

	private ChangeStatus status() {
		return this.concertina.change(CHANGE).orElseThrow();
	}

	private void pause(Duration time) {
		try {
			if (this.leaving.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new CancellationException();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CancellationException();
		}
	}

}
